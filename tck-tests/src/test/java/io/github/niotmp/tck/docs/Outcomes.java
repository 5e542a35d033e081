package io.github.niotmp.tck.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.PersistException;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The outcomes of the examples that no comment in the example states, by their place. */
final class Outcomes {
  private static final Map<String, Outcome> ALL = new HashMap<>();

  static {
    readme();
    tables();
    persisting();
    keeping();
    printing();
  }

  private Outcomes() {}

  /** Returns the outcome at a place, or {@link Outcome#NONE}. */
  static Outcome of(String place) {
    return ALL.getOrDefault(place, Outcome.NONE);
  }

  static Set<String> places() {
    return ALL.keySet();
  }

  private static void readme() {
    ALL.put(
        "manual \"Use\" 1",
        Outcome.of(
            example -> {
              Path draft = TmpFileSystems.path(URI.create("tmp:/draft.txt"));
              assertThat(draft).hasContent("gone when the JVM exits");
              assertThat(example.request.read()).isEqualTo(-1);
              Files.delete(draft);
            }));
    ALL.put(
        "manual \"Use\" 3",
        Outcome.of(example -> assertPersisted(example.target, Example.REQUEST, "rw-------"))
            .given(example -> Files.writeString(example.target, "old")));
  }

  private static void tables() {
    cell("TempFile.createUnnamed(options)", example -> unnamed(example.result(TempFile.class)));
    cell("file.channel()", example -> holdsText(example.result(FileChannel.class)));
    cell(
        "file.newInputStream()",
        example ->
            assertThat(example.result(InputStream.class)).hasBinaryContent(bytes(Example.TEXT)));
    cell(
        "file.newOutputStream()",
        example -> {
          example.result(OutputStream.class).write(bytes("a draft"));
          assertThat(example.file.path()).hasContent("a draft");
        });
    cell(
        "file.newReader()",
        example ->
            assertThat(example.result(BufferedReader.class).readLine()).isEqualTo(Example.TEXT));
    cell(
        "file.newWriter()",
        example -> {
          example.result(BufferedWriter.class).write("a draft");
          assertThat(example.file.path()).hasContent("a draft");
        });
    cell(
        "file.newOutputStream(APPEND)",
        example -> {
          example.result(OutputStream.class).write(bytes("!"));
          assertThat(example.file.path()).hasContent(Example.TEXT + "!");
        });
    cell(
        "options.bufferSize(8192)",
        example -> {
          Path buffered = written(example, "");
          example.file.newWriter().write("a");
          assertThat(buffered).isEmptyFile(); // until a method of the owner, or a flush
          assertThat(example.file.size()).isEqualTo(1);
          assertThat(buffered).hasContent("a");
        });
    cell(
        "options.codingErrors(CodingErrorAction.REPLACE)",
        example -> assertThat(written(example, "\ud800!")).hasContent("?!"));
    cell(
        "options.charset(UTF_8)",
        example -> assertThat(written(example, "\u20ac")).hasBinaryContent(bytes("\u20ac")));
    cell(
        "options.newline(Newline.CRLF)",
        example -> assertThat(written(example, "a\n")).hasBinaryContent(bytes("a\r\n")));
    cell(
        "options.newline(Newline.CR)",
        example -> {
          assertThat(written(example, "a\n")).hasBinaryContent(bytes("a\r"));
          assertThat(example.file.newReader().read(new char[2])).isEqualTo(2);
        });
    cell(
        "options.suffix(\".bin\")",
        example -> assertThat(name(example)).startsWith("tmp").endsWith(".bin"));
    cell("options.prefix(\"up\")", example -> assertThat(name(example)).startsWith("up"));
    cell(
        "options.directory(directory.path())",
        example -> {
          try (TempFile made = TempFile.create(example.result(TempOptions.class))) {
            assertThat(made.path().getParent()).isEqualTo(example.directory.path());
          }
        });
    cell("TempFile.create(options)", example -> named(example.result(TempFile.class)));
    cell("file.path()", example -> assertThat(example.result(Path.class)).hasContent(Example.TEXT));
    cell("file.reopen()", example -> holdsText(example.result(FileChannel.class)));
    cell(
        "TempFile.create(options.cleanup(false))",
        example -> {
          TempFile kept = example.result(TempFile.class);
          kept.close();
          assertThat(kept.path()).hasParent(example.scratch).isEmptyFile();
          assertThat(permissions(kept.path())).isEqualTo("rw-------");
          Files.delete(kept.path());
        });
    cell(
        "TempFile.create(scratch, \"a\", \".txt\").keep()",
        example -> {
          Path kept = example.result(Path.class);
          assertThat(kept).hasParent(example.scratch).isEmptyFile();
          Files.delete(kept);
        });
    cell(
        "TempFile.createUnnamed(options.spoolThreshold(Long.MAX_VALUE))",
        example -> {
          TempFile spooled = example.result(TempFile.class);
          spooled.newOutputStream().write(new byte[2 << 20]);
          assertThat(spooled.isRolledOver()).isFalse();
        });
    cell(
        "TempFile.createUnnamed(options.spoolThreshold(65536))",
        example -> {
          TempFile spooled = example.result(TempFile.class);
          spooled.newOutputStream().write(new byte[65536]);
          assertThat(spooled.isRolledOver()).isFalse();
          spooled.newOutputStream().write(0);
          assertThat(spooled.isRolledOver()).isTrue();
        });
    cell(
        "file.hostPath()",
        example -> {
          Path real = example.result(Path.class);
          assertThat(real).startsWith(example.scratch).hasContent(Example.TEXT);
          example.file.close();
          assertThat(real).doesNotExist();
        });
    cell("file.rollOver()", example -> assertThat(example.file.isRolledOver()).isTrue());
    cell("file.isRolledOver()", example -> assertThat(example.result(Boolean.class)).isFalse());
    cell(
        "file.setSize(100)",
        example -> assertThat(Files.readString(example.file.path())).hasSize(100));
    for (String call :
        new String[] {
          "TempDirectory.create(options)", "TempDirectory.create(options.ignoreCleanupErrors(true))"
        }) {
      cell(
          call,
          example -> {
            TempDirectory made = example.result(TempDirectory.class);
            Files.createFile(made.resolve("a"));
            made.close();
            assertThat(Files.exists(made.path())).isFalse();
          });
    }
    cell(
        "directory.close()",
        example -> assertThat(Files.exists(example.directory.path())).isFalse());
    cell(
        "directory.path()",
        example -> assertThat(example.result(Path.class)).isEqualTo(example.directory.path()));
    cell(
        "TempDirectory.create(options.cleanup(false)).path()",
        example -> {
          Path kept = example.result(Path.class);
          assertThat(kept).hasParent(example.scratch).isEmptyDirectory();
          assertThat(permissions(kept)).isEqualTo("rwx------");
          Files.delete(kept);
        });
    cell(
        "SystemTemp.directory()",
        example -> assertThat(example.result(Path.class)).isEqualTo(example.scratch));
    ALL.put(
        "manual: SystemTemp.setDirectory(scratch)",
        Outcome.of(example -> assertThat(SystemTemp.directory()).isEqualTo(example.scratch))
            .given(example -> SystemTemp.setDirectory(null)));
    cell(
        "TempOptions.defaults().prefix()",
        example -> assertThat(example.result(String.class)).isEqualTo("tmp"));
    cell(
        "TempOptions.defaults().prefix().getBytes(UTF_8)",
        example -> assertThat(example.result(byte[].class)).isEqualTo(bytes("tmp")));
    cell(
        "TempResource.create(options, path -> FileChannel.open(path, CREATE_NEW, WRITE))",
        Outcomes::removesItsName);
    cell(
        "TempResource.create(options.directory(scratch), path ->"
            + " ServerSocketChannel.open(StandardProtocolFamily.UNIX)"
            + ".bind(UnixDomainSocketAddress.of(path)))",
        Outcomes::removesItsName);
    cell(
        "file.persist(target)",
        example -> assertPersisted(example.target, bytes(Example.TEXT), "rw-------"));
    ALL.put(
        "manual: file.persist(target, StandardCopyOption.REPLACE_EXISTING)",
        Outcome.of(example -> assertPersisted(example.target, bytes(Example.TEXT), "rw-------"))
            .given(example -> Files.writeString(example.target, "old")));
    cell(
        "TempDirectory.create().persist(target)",
        example -> {
          assertThat(example.target).isEmptyDirectory();
          Files.delete(example.target);
        });
    cell(
        "TempFile.adopt(Files.createTempFile(scratch, \"a\", \".txt\"))",
        example -> named(example.result(TempFile.class)));
    cell("file.reopen(READ)", example -> holdsText(example.result(FileChannel.class)));
    cell(
        "options.maxFileSize(10 << 20)",
        example -> {
          Path path = written(example, "a");
          assertThat(Files.getAttribute(path, "tmp:maxFileSize")).isEqualTo(10L << 20);
        });
    ALL.put(
        "manual: file.persist(target, PersistOptions.defaults().replaceExisting(true)"
            + ".permissions(PosixFilePermissions.fromString(\"rw-r--r--\")).sync(true))",
        Outcome.of(example -> assertPersisted(example.target, bytes(Example.TEXT), "rw-r--r--"))
            .given(example -> Files.writeString(example.target, "old")));
    cell(
        "options.randomLength(8)",
        example -> assertThat(name(example)).hasSize("tmp".length() + 8));
    cell(
        "options.cleanup(false)",
        example -> {
          Path kept;
          try (TempFile made = TempFile.create(example.result(TempOptions.class))) {
            kept = made.path();
          }
          assertThat(kept).exists();
          Files.delete(kept);
        });
    cell(
        "options.ignoreCleanupErrors(true)",
        example -> {
          TempFile made = TempFile.create(example.result(TempOptions.class));
          Files.delete(made.path());
          Files.createDirectory(made.path());
          Path inside = Files.createFile(made.path().resolve("inside"));
          made.close();
          assertThat(inside).exists();
          Files.delete(inside);
          Files.delete(made.path());
        });
  }

  private static void cell(String call, Outcome.Step then) {
    ALL.put("manual: " + call, Outcome.of(then));
  }

  private static void unnamed(TempFile file) throws IOException {
    assertThat(file.size()).isZero();
    assertThatThrownBy(file::path).isInstanceOf(UnsupportedOperationException.class);
  }

  private static void named(TempFile file) throws IOException {
    assertThat(file.path()).isEmptyFile();
    assertThat(permissions(file.path())).isEqualTo("rw-------");
    file.close();
    assertThat(file.path()).doesNotExist();
  }

  private static void removesItsName(Example example) throws IOException {
    TempResource<?> made = example.result(TempResource.class);
    assertThat(Files.exists(made.path())).isTrue();
    made.close();
    assertThat(Files.exists(made.path())).isFalse();
  }

  private static void holdsText(FileChannel channel) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(100);
    channel.read(read);
    assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(bytes(Example.TEXT)));
  }

  /** Returns the path of a file made with the options that are the call's value. */
  private static Path written(Example example, String text) throws IOException {
    example.file.close();
    example.file = TempFile.create(example.result(TempOptions.class));
    example.file.newWriter().write(text);
    return example.file.path();
  }

  private static String name(Example example) throws IOException {
    return String.valueOf(written(example, "").getFileName());
  }

  private static void persisting() {
    ALL.put(
        "TempFile",
        Outcome.of(example -> assertPersisted(example.target, Example.REQUEST, "rw-------")));
    ALL.put(
        "TempFile#of(InputStream,TempOptions)",
        Outcome.of(example -> assertPersisted(example.target, Example.REQUEST, "rw-------")));
    for (String place :
        new String[] {
          "TempFile#persist(Path,CopyOption...)",
          "TempFile#persist(Path,PersistOptions)",
          "PersistOptions#replaceExisting(boolean)"
        }) {
      ALL.put(
          place, persists("rw-------").given(example -> Files.writeString(example.target, "old")));
    }
    ALL.put(
        "PersistOptions",
        persists("rw-r--r--").given(example -> Files.writeString(example.target, "old")));
    ALL.put("PersistOptions#defaults()", persists("rw-------"));
    ALL.put("PersistOptions#sync(boolean)", persists("rw-------"));
    ALL.put("PersistOptions#permissions(Set)", persists("rw-r-----"));
    ALL.put("PersistMode", Outcome.of(Outcomes::assertPersistedWithTheUmask));
    ALL.put("PersistOptions#mode(PersistMode)", Outcome.of(Outcomes::assertPersistedWithTheUmask));
    ALL.put(
        "PersistOptions#targetLink(TargetLink)",
        Outcome.of(
                example -> {
                  Path real = example.target.resolveSibling("real");
                  assertThat(example.target).isSymbolicLink();
                  assertPersisted(real, bytes(Example.TEXT), "rw-------");
                  Files.delete(real);
                })
            .given(Outcomes::makeTheTargetALink));
    ALL.put(
        "TargetLink",
        Outcome.of(
                example -> {
                  assertThat(example.target).isSymbolicLink();
                  assertThat(example.target.resolveSibling("real")).doesNotExist();
                  assertThat(example.file.path()).hasContent(Example.TEXT);
                })
            .given(Outcomes::makeTheTargetALink)
            .throwing(PersistException.class));
    ALL.put(
        "PersistException",
        Outcome.of(
                example -> {
                  assertThat(example.target).hasContent("old");
                  Path other = example.target.resolveSibling("another name");
                  assertPersisted(other, bytes(Example.TEXT), "rw-------");
                  Files.delete(other);
                })
            .given(example -> Files.writeString(example.target, "old")));
    ALL.put(
        "PersistException#tempFile()",
        Outcome.of(
                example -> {
                  assertThat(example.target).hasContent("old");
                  assertThatIllegalStateException().isThrownBy(example.file::size);
                  assertThat(example.file.path()).doesNotExist();
                })
            .given(example -> Files.writeString(example.target, "old"))
            .throwing(PersistException.class));
    ALL.put(
        "PersistException#tempDirectory()",
        Outcome.of(
                example -> {
                  assertThat(example.target).hasContent("old");
                  assertThat(Files.exists(example.directory.path())).isFalse();
                })
            .given(example -> Files.writeString(example.target, "old"))
            .throwing(PersistException.class));
    ALL.put(
        "TempDirectory#persist(Path,CopyOption...)",
        Outcome.of(example -> assertTreePersisted(example, "rwx------")));
    ALL.put(
        "TempDirectory#persist(Path,PersistOptions)",
        Outcome.of(
            example -> {
              Path plain = Files.createDirectory(example.scratch.resolve("plain"));
              String expected = permissions(plain);
              Files.delete(plain);
              assertTreePersisted(example, expected);
            }));
  }

  private static Outcome persists(String permissions) {
    return Outcome.of(
        example -> {
          assertPersisted(example.target, bytes(Example.TEXT), permissions);
          assertThat(example.file.path()).doesNotExist();
          assertThatIllegalStateException().isThrownBy(example.file::size);
        });
  }

  private static void makeTheTargetALink(Example example) throws IOException {
    Files.createSymbolicLink(example.target, Path.of("real"));
  }

  private static void assertPersisted(Path target, byte[] content, String permissions)
      throws IOException {
    assertThat(target).isRegularFile().hasBinaryContent(content);
    assertThat(permissions(target)).isEqualTo(permissions);
  }

  private static void assertPersistedWithTheUmask(Example example) throws IOException {
    Path plain = Files.createFile(example.scratch.resolve("plain"));
    String expected = permissions(plain);
    Files.delete(plain);
    assertPersisted(example.target, bytes(Example.TEXT), expected);
  }

  private static void assertTreePersisted(Example example, String permissions) throws IOException {
    assertThat(Files.exists(example.directory.path())).isFalse();
    assertThat(permissions(example.target)).isEqualTo(permissions);
    Path content = example.target.resolve("content");
    assertThat(content).hasContent(Example.TEXT);
    try (Stream<Path> entries = Files.list(example.target)) {
      assertThat(entries).containsExactly(content);
    }
    Files.delete(content);
  }

  /** What these make is on the disk, where the test finds it if it is not removed. */
  private static void keeping() {
    for (String place :
        new String[] {
          "TempDirectory#cleanup(boolean)",
          "TempFile#cleanup(boolean)",
          "TempResource#cleanup(boolean)"
        }) {
      ALL.put(place, Outcome.of(example -> assertThat(example.scratch).isEmptyDirectory()));
    }
    ALL.put(
        "TempOptions#cleanup(boolean)",
        Outcome.of(
            example -> {
              try (Stream<Path> kept = Files.list(example.scratch)) {
                assertThat(kept)
                    .singleElement()
                    .satisfies(
                        file -> {
                          assertThat(permissions(file)).isEqualTo("rw-------");
                          Files.delete(file);
                        });
              }
            }));
  }

  private static void printing() {
    ALL.put(
        "PersistOptions#progress(PersistProgress)",
        Outcome.of(
            example -> {
              assertPersisted(example.target, bytes(Example.TEXT), "rw-------");
              assertThat(example.printed().lines()).last().isEqualTo("4 of 4");
            }));
    ALL.put(
        "PersistProgress",
        Outcome.of(
            example -> {
              assertPersisted(example.target, bytes(Example.TEXT), "rw-------");
              assertThat(example.printed().lines()).last().isEqualTo("4 of 4 bytes");
            }));
    ALL.put(
        "PersistProgress#copied(long,long)",
        Outcome.of(example -> assertThat(example.printed()).isEqualToIgnoringNewLines("50 %")));
    ALL.put(
        "TmpFileSystems#listing(Path)",
        Outcome.of(
            example ->
                assertThat(example.printed())
                    .isEqualTo(
                        """
                        drwx------ -               - .
                        -rw------- MEMORY          5 notes.txt
                        drwx------ -               - video
                        lrwxrwxrwx -               - video/latest -> raw.bin
                        -rw------- DISK         2048 video/raw.bin
                        """)));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
