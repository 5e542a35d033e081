package io.github.niotmp.tck.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A temporary file on its way to a provider that cannot rename, as those of object stores. */
class WithoutRenameTest {
  private static final int LARGE = 10 << 20;

  private final FaultyFileSystem store =
      new FaultyFileSystem(
          Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("basic").build()));
  private final List<String> changes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path target;

  @BeforeEach
  void makeDirectory() throws IOException {
    target = Files.createDirectory(store.getPath("/bucket")).resolve("target");
    store.set(
        call -> {
          refuseRenames(call, true);
          if (call.name().startsWith("create") || call.name().equals("open")) {
            changes.add(call.name() + " " + call.path());
          }
        });
  }

  private static void refuseRenames(Fault.Call call, boolean atomicOnly) throws IOException {
    if (call.name().equals("move")) {
      if (atomicOnly) {
        throw new AtomicMoveNotSupportedException(call.path(), null, "an object store");
      }
      throw new UnsupportedOperationException("an object store");
    }
    if (call.name().equals("createLink")) {
      throw new UnsupportedOperationException("no links");
    }
  }

  @AfterEach
  void close() throws IOException {
    Thread.interrupted();
    store.close();
  }

  private static TempFile file() throws IOException {
    TempFile file = TempFile.create();
    file.channel().write(UTF_8.encode("text"));
    return file;
  }

  private void assertOnlyTheTargetIsLeft() throws IOException {
    store.set(Fault.none());
    assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void theTargetIsOpenedOnceAndNothingElseIs() throws IOException {
    file().persist(target);

    assertThat(changes).containsExactly("open " + target);
    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @Test
  void aProviderThatRefusesEachMoveIsOne() throws IOException {
    store.set(call -> refuseRenames(call, false));

    file().persist(target);

    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @Test
  void anExistingTargetIsRefusedAndReplacedOnlyIfThatIsAllowed() throws IOException {
    Files.writeString(target, "the old text, which is longer");
    changes.clear();
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(target))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      assertThat(changes).isEmpty();
      file.persist(target, StandardCopyOption.REPLACE_EXISTING);
    }

    assertThat(changes).containsExactly("open " + target);
    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @Test
  void withinTheStoreTheBytesAreCopiedAndTheFileGoes() throws IOException {
    TempFile file = TempFile.create(TempOptions.defaults().directory(store.getPath("/bucket")));
    file.channel().write(UTF_8.encode("text"));

    file.persist(target);

    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptLeavesNothing(boolean named) throws IOException {
    PersistOptions interrupting =
        PersistOptions.defaults().progress((bytes, total) -> Thread.currentThread().interrupt());
    try (TempFile file = named ? TempFile.create() : TempFile.createUnnamed()) {
      file.setSize(LARGE);
      assertThatThrownBy(() -> file.persist(target, interrupting))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Files.exists(target)).isFalse();

      file.persist(target);
    }
    assertOnlyTheTargetIsLeft();
    assertThat(target).hasSize(LARGE);
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    store.set(
        call -> {
          refuseRenames(call, true);
          if (call.name().equals("transferFrom") || call.name().equals("write")) {
            throw new FileSystemException(call.path(), null, "Quota exceeded");
          }
        });
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(target))
          .isInstanceOf(PersistException.class)
          .hasMessageContaining("Quota exceeded");
      assertThat(file.size()).isEqualTo(4);
    }
    assertOnlyTheTargetIsLeft();
    assertThat(target).doesNotExist();
  }
}
