package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The contract of directory streams.
 *
 * @see Files#newDirectoryStream(Path, String)
 * @see Files#list
 * @see DirectoryStream
 */
public class ListingContract extends FileSystemContract {
  private static final String ALL = "newDirectoryStream(Path)";
  private static final String GLOB = "newDirectoryStream(Path,String)";
  private static final String FILTER = "newDirectoryStream(Path,Filter)";

  @ContractTest
  @Required(
      by = Files.class,
      member = ALL,
      sentence =
          "The Path objects are obtained as if by resolving the name of the directory entry against"
              + " dir.")
  @Required(
      by = DirectoryStream.class,
      sentence = "Entries representing these links are not returned by the iterator.")
  void entriesAreResolvedAgainstTheDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));
    Path inner = Files.createDirectory(directory.resolve("e"));
    Files.createFile(inner.resolve("too deep"));

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      List<Path> found = new ArrayList<>();
      listing.forEach(found::add);
      assertThat(found).containsExactlyInAnyOrder(file, inner);
    }
    try (Stream<Path> listing = Files.list(directory)) {
      assertThat(listing).containsExactlyInAnyOrder(file, inner);
    }
  }

  @ContractTest
  @AsOnLinux
  void entriesKeepTheDotsOfTheDirectory() throws IOException {
    Files.createFile(Files.createDirectory(root().resolve("d")).resolve("f"));
    Path given = root().resolve("./d/../d");

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(given)) {
      assertThat(listing).containsExactly(given.resolve("f"));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = GLOB,
      sentence =
          "The entries returned by the iterator are filtered by matching the String representation"
              + " of their file names against the given globbing pattern.")
  void aGlobSelectsByTheName() throws IOException {
    Path text = Files.createFile(root().resolve("a.txt"));
    Path java = Files.createFile(root().resolve("c.java"));
    Files.createFile(root().resolve("d.class"));

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root(), "*.{txt,java}")) {
      assertThat(listing).containsExactlyInAnyOrder(text, java);
    }
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root(), "?.t*")) {
      assertThat(listing).containsExactly(text);
    }
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root(), "*")) {
      assertThat(listing).hasSize(3);
    }
  }

  @ContractTest
  @Required(by = Files.class, member = GLOB, sentence = "if the pattern is invalid")
  void aBadGlobIsRefused() {
    assertThatThrownBy(() -> Files.newDirectoryStream(root(), "[a").close())
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = FILTER,
      sentence = "The entries returned by the iterator are filtered by the given filter.")
  void aFilterSelects() throws IOException {
    Path accepted = Files.createFile(root().resolve("a"));
    Files.createFile(root().resolve("b"));

    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(root(), path -> path.endsWith("a"))) {
      assertThat(listing).containsExactly(accepted);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = FILTER,
      sentence =
          "Where an IOException is thrown, it results in the hasNext or next method throwing a"
              + " DirectoryIteratorException with the IOException as the cause.")
  void theIteratorWrapsAnIoExceptionOfTheFilter() throws IOException {
    Files.createFile(root().resolve("f"));
    IOException failure = new IOException("no");

    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(
            root(),
            path -> {
              throw failure;
            })) {
      Iterator<Path> iterator = listing.iterator();
      assertThatThrownBy(iterator::hasNext)
          .isInstanceOf(DirectoryIteratorException.class)
          .hasCause(failure);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = FILTER,
      sentence =
          "Where the filter terminates due to an uncaught error or runtime exception then it is"
              + " propagated to the hasNext or next method.")
  void theIteratorThrowsARuntimeExceptionOfTheFilter() throws IOException {
    Files.createFile(root().resolve("f"));
    RuntimeException failure = new IllegalStateException("no");

    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(
            root(),
            path -> {
              throw failure;
            })) {
      Iterator<Path> iterator = listing.iterator();
      assertThatThrownBy(iterator::hasNext).isSameAs(failure);
    }
  }

  @ContractTest
  @Required(
      by = DirectoryStream.class,
      sentence =
          "invoking the iterator method to obtain a second or subsequent iterator throws"
              + " IllegalStateException.")
  @Required(
      by = DirectoryStream.class,
      sentence = "The Iterator does not support the remove operation.")
  void aStreamHasOneIteratorAndItEnds() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      Iterator<Path> iterator = listing.iterator();
      assertThatThrownBy(listing::iterator).isInstanceOf(IllegalStateException.class);
      assertThat(iterator.next()).isEqualTo(file);
      assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
      assertThat(iterator.hasNext()).isFalse();
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @Required(
      by = DirectoryStream.class,
      sentence =
          "If hasNext method returns true, and is followed by a call to the next method, it is"
              + " guaranteed that the next method will not throw an exception due to an I/O error,"
              + " or because the stream has been closed.")
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void theIteratorReadsAheadByOneEntry() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    DirectoryStream<Path> listing = Files.newDirectoryStream(root());
    try (listing) {
      Iterator<Path> iterator = listing.iterator();
      assertThat(iterator.hasNext()).isTrue();

      listing.close();

      assertThat(iterator.next()).isEqualTo(file);
    }
  }

  @ContractTest
  @Required(
      by = DirectoryStream.class,
      sentence =
          "Once these buffered elements have been read, then subsequent calls to the hasNext method"
              + " return false, and subsequent calls to the next method will throw"
              + " NoSuchElementException.")
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void theIteratorOfAClosedStreamEnds() throws IOException {
    Files.createFile(root().resolve("f"));
    DirectoryStream<Path> listing = Files.newDirectoryStream(root());
    try (listing) {
      Iterator<Path> iterator = listing.iterator();
      listing.close();
      listing.close();

      for (int i = 0; i < 2 && iterator.hasNext(); i++) {
        iterator.next();
      }
      assertThat(iterator.hasNext()).isFalse();
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @ContractTest
  @Required(
      by = DirectoryStream.class,
      member = "iterator()",
      sentence = "if this directory stream is closed or the iterator has already been returned")
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void aClosedStreamHasNoIterator() throws IOException {
    DirectoryStream<Path> closed = Files.newDirectoryStream(root());
    closed.close();

    assertThatThrownBy(closed::iterator).isInstanceOf(IllegalStateException.class);
  }

  @ContractTest
  @AsOnLinux
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void theIteratorOfAClosedStreamIsAtItsEnd() throws IOException {
    Files.createFile(root().resolve("f"));
    DirectoryStream<Path> listing = Files.newDirectoryStream(root());
    try (listing) {
      Iterator<Path> iterator = listing.iterator();

      listing.close();

      assertThat(iterator.hasNext()).isFalse();
    }
  }

  @ContractTest
  @Required(
      by = DirectoryStream.class,
      sentence =
          "The iterator is weakly consistent. It is thread safe but does not freeze the directory"
              + " while iterating, so it may (or may not) reflect updates to the directory that"
              + " occur after the DirectoryStream is created.")
  void entriesThatStayAreListedWhileOthersChange() throws IOException {
    Set<Path> staying = new HashSet<>();

    assertThat(listedWhileOthersChange(staying)).containsAll(staying);
  }

  @ContractTest
  @AsOnLinux
  void entriesThatStayAreListedOnceWhileOthersChange() throws IOException {
    Set<Path> staying = new HashSet<>();

    Stream<Path> listed = listedWhileOthersChange(staying).filter(staying::contains);

    assertThat(listed).containsExactlyInAnyOrderElementsOf(staying);
  }

  /** Lists a directory while files are created and deleted; adds those that stay to the set. */
  private Stream<Path> listedWhileOthersChange(Set<Path> staying) throws IOException {
    for (int i = 0; i < 100; i++) {
      staying.add(Files.createFile(root().resolve("stays" + i)));
      Files.createFile(root().resolve("goes" + i));
    }
    Stream.Builder<Path> listed = Stream.builder();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      int i = 0;
      for (Path entry : listing) {
        listed.add(entry);
        if (i < 100) {
          Files.deleteIfExists(root().resolve("goes" + i));
          Files.createFile(root().resolve("comes" + i));
        }
        i++;
      }
    }
    return listed.build();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = ALL,
      sentence = "if the file could not otherwise be opened because it is not a directory")
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void onlyADirectoryIsListed() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.newDirectoryStream(file).close())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(root().resolve("missing")).close())
        .isInstanceOf(IOException.class);
  }

  @ContractTest
  @AsOnLinux
  @SuppressWarnings("StreamResourceLeak") // the test closes it, or it fails to open
  void listingAFileThrowsNotDirectory() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.newDirectoryStream(file).close())
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(root().resolve("missing")).close())
        .isInstanceOf(NoSuchFileException.class);
  }
}
