package io.github.niotmp.tck.mutant;

import io.github.niotmp.tck.DefaultProvider;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.PathSyntax;
import io.github.niotmp.tck.Subject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** A delegating provider, with or without a planted fault, as a subject of the Javadoc tier. */
abstract class MutantSubject implements Subject {
  private final DelegatingProvider provider;

  MutantSubject(DelegatingProvider provider) {
    this.provider = provider;
  }

  @Override
  public final FileSystemFixture open() throws IOException {
    FileSystemFixture below = new DefaultProvider().open();
    return FileSystemFixture.of(provider.fileSystem().wrap(below.root()), below);
  }

  @Override
  public final Set<Feature> features() {
    return EnumSet.of(
        Feature.SYMBOLIC_LINKS,
        Feature.HARD_LINKS,
        Feature.FILE_CHANNELS,
        Feature.ATOMIC_MOVES,
        Feature.POSIX_OPEN_FILES,
        Feature.PRINCIPAL_LOOKUP,
        Feature.SETS_MODIFICATION_TIMES,
        Feature.MAP);
  }

  @Override
  public final PathSyntax pathSyntax() {
    return PathSyntax.UNIX;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }
}
