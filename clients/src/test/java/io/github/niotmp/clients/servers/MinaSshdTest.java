package io.github.niotmp.clients.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Program;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.scp.client.ScpClient;
import org.apache.sshd.scp.client.ScpClientCreator;
import org.apache.sshd.scp.server.ScpCommandFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.fs.SftpFileSystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server whose users see a {@code tmp:} directory as their root. */
@Client(name = "MINA SSHD", artifact = "org.apache.sshd:sshd-sftp")
class MinaSshdTest {
  private static final String USER = "user";

  /** On the disk, because OpenSSH reads and writes local files by name. */
  @TempDir Path disk;

  private Path local;

  @BeforeEach
  void createLocalTree() throws IOException {
    local = SampleTree.create(disk.resolve("local"));
  }

  @Scenario("serves uploads, downloads, renames and removals of OpenSSH's sftp")
  void servesSftp(Path root) throws Exception {
    Program.assumeInstalled("sftp", "OpenSSH");
    try (SshServer server = start(root)) {
      String listing =
          sftp(
              server,
              """
              put -p -r "%1$s" /stored
              put "%1$s/index.html" /stored/again.html
              rename /stored/again.html /stored/renamed.html
              put -f "%1$s/index.html" /stored/synced.html
              ln /stored/synced.html /stored/linked.html
              symlink /stored/renamed.html /stored/link
              chmod 600 /stored/renamed.html
              ls -ln /stored
              get -p -r /stored/a "%2$s"
              rm /stored/link
              rm /stored/synced.html
              rm /stored/linked.html
              rm /stored/renamed.html
              mkdir /stored/c
              rmdir /stored/c
              """
                  .formatted(local, disk.resolve("fetched")));

      assertThat(listing)
          .containsPattern("-rw------- .* 15 .*renamed.html")
          .containsPattern("l.*link")
          .containsPattern("-rw.* 15 .*linked.html")
          .containsPattern("d.* /stored/a\\n");
    }

    assertThat(SampleTree.contents(root.resolve("stored"))).isEqualTo(SampleTree.contents(local));
    assertThat(Files.getLastModifiedTime(root.resolve("stored").resolve("empty")).toMillis() / 1000)
        .isEqualTo(Files.getLastModifiedTime(local.resolve("empty")).toMillis() / 1000);
    assertThat(SampleTree.contents(disk.resolve("fetched")))
        .isEqualTo(SampleTree.contents(local.resolve("a")));
  }

  @Scenario("resumes uploads and downloads of OpenSSH's sftp (reput, reget)")
  void resumesSftp(Path root) throws Exception {
    Program.assumeInstalled("sftp", "OpenSSH");
    byte[] first = new byte[100_000]; // others than those of the file, to see that they stay
    byte[] content = SampleTree.bytes(300_000);
    System.arraycopy(first, 0, content, 0, first.length);
    Files.write(root.resolve("uploaded"), first);
    Path fetched = Files.write(disk.resolve("fetched"), first);
    try (SshServer server = start(root)) {
      String batch =
          """
          reput "%s" /uploaded
          reget /uploaded "%s"
          """;
      sftp(server, batch.formatted(local.resolve("a/b/large.bin"), fetched));
    }

    assertThat(root.resolve("uploaded")).hasBinaryContent(content);
    assertThat(fetched).hasBinaryContent(content);
  }

  private String sftp(SshServer server, String batch) throws Exception {
    List<String> command = new ArrayList<>(List.of("sftp", "-q", "-b", "-", "-P"));
    command.add(String.valueOf(server.getPort()));
    command.addAll(options());
    command.add(USER + "@127.0.0.1");
    return Program.run(command, batch);
  }

  @Scenario("serves trees to and from OpenSSH's scp, which speaks SFTP")
  void servesScp(Path root) throws Exception {
    copyBothWays(root, List.of("scp", "-r", "-p"));
  }

  @Scenario("serves trees to and from OpenSSH's scp -O, which speaks SCP")
  void servesScpByItsOwnProtocol(Path root) throws Exception {
    copyBothWays(root, List.of("scp", "-O", "-r", "-p"));
  }

  private void copyBothWays(Path root, List<String> scp) throws Exception {
    Program.assumeInstalled("scp", "OpenSSH");
    try (SshServer server = start(root)) {
      List<String> command = new ArrayList<>(scp);
      command.add("-P");
      command.add(String.valueOf(server.getPort()));
      command.addAll(options());
      String there = USER + "@127.0.0.1:/stored";
      Path fetched = disk.resolve("fetched");

      List<String> upload = new ArrayList<>(command);
      upload.addAll(List.of(local.toString(), there));
      Program.run(upload, "");
      List<String> download = new ArrayList<>(command);
      download.addAll(List.of(there, fetched.toString()));
      Program.run(download, "");

      assertThat(SampleTree.contents(root.resolve("stored"))).isEqualTo(SampleTree.contents(local));
      assertThat(SampleTree.contents(fetched)).isEqualTo(SampleTree.contents(local));
      assertThat(Files.getLastModifiedTime(fetched.resolve("empty")).toMillis() / 1000)
          .isEqualTo(Files.getLastModifiedTime(local.resolve("empty")).toMillis() / 1000);
    }
  }

  @Scenario("serves its own SFTP client, and the client's NIO file system")
  void servesItsSftpClient(Path root) throws Exception {
    try (SshServer server = start(root);
        SshClient client = SshClient.setUpDefaultClient();
        ClientSession session = connect(client, server)) {
      try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
        sftp.mkdir("/stored");
        sftp.put(local.resolve("a/b/large.bin"), "/stored/large.bin");
        try (SftpClient.CloseableHandle handle =
            sftp.open("/stored/large.bin", SftpClient.OpenMode.Read)) {
          byte[] part = new byte[10];
          assertThat(sftp.read(handle, 299_995, part, 0, 10)).isEqualTo(5);
        }
        assertThat(sftp.stat("/stored/large.bin").getSize()).isEqualTo(300_000);
        assertThat(sftp.canonicalPath("/stored/../stored/.")).isEqualTo("/stored");
      }
      try (SftpFileSystem remote = SftpClientFactory.instance().createSftpFileSystem(session)) {
        Files.copy(remote.getPath("/stored/large.bin"), remote.getPath("/stored/copy.bin"));
        Files.move(remote.getPath("/stored/copy.bin"), remote.getPath("/stored/moved.bin"));
        Files.writeString(remote.getPath("/stored/text"), "a text");
        try (var listed = Files.list(remote.getPath("/stored"))) {
          assertThat(listed).hasSize(3);
        }
      }
    }

    assertThat(root.resolve("stored/large.bin"))
        .hasSameBinaryContentAs(local.resolve("a/b/large.bin"));
    assertThat(root.resolve("stored/moved.bin"))
        .hasSameBinaryContentAs(local.resolve("a/b/large.bin"));
    assertThat(root.resolve("stored/text")).hasContent("a text");
  }

  @Scenario("sends and receives trees as an SCP client whose files are on the storage")
  void copiesAsScpClient(Path root) throws Exception {
    Path served = Files.createDirectory(disk.resolve("served"));
    Path sent = SampleTree.create(root.resolve("sent"));
    try (SshServer server = start(served);
        SshClient client = SshClient.setUpDefaultClient();
        ClientSession session = connect(client, server)) {
      ScpClient scp = ScpClientCreator.instance().createScpClient(session);
      scp.upload(sent, "/", ScpClient.Option.Recursive, ScpClient.Option.PreserveAttributes);
      Path received = Files.createDirectory(root.resolve("received"));
      scp.download("/sent", received, ScpClient.Option.Recursive);
      scp.download("/sent/index.html", root.resolve("one.html"));
    }

    assertThat(SampleTree.contents(served.resolve("sent"))).isEqualTo(SampleTree.contents(sent));
    assertThat(SampleTree.contents(root.resolve("received/sent")))
        .isEqualTo(SampleTree.contents(sent));
    assertThat(root.resolve("one.html")).hasSameBinaryContentAs(sent.resolve("index.html"));
  }

  /** Starts a server on a free port that lets everyone in. */
  private static SshServer start(Path root) throws IOException {
    SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider();
    hostKey.setAlgorithm(KeyUtils.EC_ALGORITHM);
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(hostKey);
    server.setPasswordAuthenticator((user, password, session) -> true);
    server.setPublickeyAuthenticator((user, key, session) -> true);
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setCommandFactory(new ScpCommandFactory());
    server.start();
    return server;
  }

  private static ClientSession connect(SshClient client, SshServer server) throws IOException {
    client.setServerKeyVerifier((session, address, key) -> true);
    client.start();
    Duration timeout = Duration.ofSeconds(30);
    ClientSession session =
        client.connect(USER, "127.0.0.1", server.getPort()).verify(timeout).getSession();
    session.addPasswordIdentity("password");
    session.auth().verify(timeout);
    return session;
  }

  /** Returns options of OpenSSH, without which it reads and writes files of this user. */
  private List<String> options() throws Exception {
    Path key = disk.resolve("key");
    Program.run(List.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()), "");
    List<String> options = new ArrayList<>(List.of("-F", "none", "-i", key.toString()));
    for (String option :
        List.of(
            "IdentitiesOnly=yes",
            "UserKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=no",
            "LogLevel=ERROR",
            "BatchMode=yes")) {
      options.add("-o");
      options.add(option);
    }
    return options;
  }
}
