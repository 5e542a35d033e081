package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes the files of dead processes: sessions with a free lock, and spill files of processes
 * killed between creation and unlink.
 *
 * <p>It decides by locks, never by age. On network file systems, where a free lock does not prove
 * that the process is dead, it removes no file.
 */
public final class Reaper {
  private static final String FOREIGN =
      "nio-tmp makes no such names; move it elsewhere, or delete it";

  private static final Pattern REMOTE_TYPES =
      Pattern.compile(
          "(nfs|cifs|smb|fuse|9p|afs|ceph|coda|davfs|gluster|lustre|beegfs|ncp|ocfs|orangefs|pvfs|gfs"
              + "|gpfs|prl_fs|vboxsf|virtiofs|vmhgfs).*");

  private final Path root;
  private final String fileSystemType;
  private final boolean dryRun;
  private final List<Finding> findings = new ArrayList<>();

  private Reaper(Path root, String fileSystemType, boolean dryRun) {
    this.root = root;
    this.fileSystemType = fileSystemType;
    this.dryRun = dryRun;
  }

  /** The result of the sweep for one entry. */
  public enum Fate {
    /** Its process is dead: the sweep removed it, or would remove it in a dry run. */
    RECLAIMED,
    /** Its process lives. */
    ALIVE,
    /** It stays, because the state of its process is unknown or the removal failed. */
    LEFT
  }

  /**
   * An entry of a root, and the decision about it.
   *
   * @param path the session's directory; for any other entry its own path
   * @param fate the decision
   * @param reason the reason, for people
   */
  public record Finding(Path path, Fate fate, String reason) {}

  /**
   * Removes the files of dead processes.
   *
   * @param dryRun whether to report only and to remove no file
   * @return the decisions; empty if the root does not exist
   * @throws IOException if the root cannot be listed, or is not private to this user
   */
  public static List<Finding> sweep(UserDirectory root, boolean dryRun) throws IOException {
    try {
      return root.exists()
          ? sweep(root.path(), Files.getFileStore(root.path()).type(), dryRun)
          : List.of();
    } catch (NoSuchFileException e) {
      return List.of(); // no session uses the root
    }
  }

  /** Sweeps an existing root on a file system of this type. */
  static List<Finding> sweep(Path root, String fileSystemType, boolean dryRun) throws IOException {
    Reaper reaper = new Reaper(root, fileSystemType, dryRun);
    reaper.sweep();
    return List.copyOf(reaper.findings);
  }

  /**
   * Sweeps and logs failures, so that the caller's operation does not fail. The warnings are queued
   * until this thread delivers its {@link Notices}, because it may hold the lock of a file.
   */
  static void sweepReporting(UserDirectory root) {
    try {
      for (Finding finding : sweep(root, false)) {
        if (finding.fate() == Fate.LEFT) {
          Notices.warn(finding.path() + " stays: " + finding.reason(), null);
        }
      }
    } catch (IOException | RuntimeException e) {
      Notices.warn("Files of dead processes stay in " + root.path() + ": it cannot be swept", e);
    }
  }

  /**
   * Says whether a process may fail to see the locks that another one holds on this file system.
   */
  public static boolean isRemote(String fileSystemType) {
    return REMOTE_TYPES.matcher(fileSystemType).matches();
  }

  private void sweep() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        examine(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void examine(Path entry) {
    String text = String.valueOf(entry.getFileName());
    if (isRemote(fileSystemType)) {
      leave(text);
    } else if (text.startsWith(UserDirectory.UNLINKED)) {
      unlink(entry);
    } else if (text.startsWith(SessionName.EXIT)) {
      removeExitLink(entry, text.substring(SessionName.EXIT.length()));
    } else if (text.endsWith(SessionName.LOCK)) {
      String session = text.substring(0, text.length() - SessionName.LOCK.length());
      SessionName name = SessionName.parse(session);
      if (name == null) {
        found(entry, Fate.LEFT, FOREIGN);
      } else {
        examine(name, entry);
      }
    } else {
      SessionName name = SessionName.parse(text);
      if (name == null) {
        found(entry, Fate.LEFT, FOREIGN);
      } else if (!hasLock(text) && Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
        found(
            entry,
            Fate.LEFT,
            "it has no lock file that shows whether process "
                + name.owner().pid()
                + " lives; delete it if that process has ended");
      }
    }
  }

  /** Reports each session once, for its lock file. */
  private void leave(String text) {
    boolean isLock = text.endsWith(SessionName.LOCK);
    if (!isLock && (text.startsWith(SessionName.EXIT) || hasLock(text))) {
      return;
    }
    String session = isLock ? text.substring(0, text.length() - SessionName.LOCK.length()) : text;
    SessionName name = SessionName.parse(session);
    if (name != null && name.owner().equals(ProcessIdentity.current())) {
      examineOurs(name, root.resolve(session));
    } else {
      found(
          root.resolve(session),
          Fate.LEFT,
          "on "
              + fileSystemType
              + " a free lock does not prove that its process has ended; delete it if no process"
              + " uses it");
    }
  }

  private boolean hasLock(String session) {
    return Files.exists(root.resolve(session + SessionName.LOCK), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Unlinks a spill file. A live creator is not harmed, because it is about to unlink the file
   * itself.
   */
  private void unlink(Path entry) {
    try {
      if (!dryRun) {
        Files.deleteIfExists(entry);
      }
      found(entry, Fate.RECLAIMED, "its process was killed as it created it");
    } catch (IOException e) {
      found(entry, Fate.LEFT, e.toString());
    }
  }

  /**
   * Removes the exit link of a session that has no lock file; any other link is removed with its
   * session.
   */
  private void removeExitLink(Path link, String session) {
    if (SessionName.parse(session) == null) {
      found(link, Fate.LEFT, FOREIGN);
    } else if (!dryRun && !hasLock(session)) {
      deleteExitLink(link);
    }
  }

  private void deleteExitLink(Path link) {
    try {
      Files.deleteIfExists(link);
    } catch (IOException e) {
      found(link, Fate.LEFT, e.toString());
    }
  }

  private void examine(SessionName name, Path lockFile) {
    Path session = root.resolve(name.toString());
    if (name.owner().equals(ProcessIdentity.current())) {
      examineOurs(name, session);
      return;
    }
    try {
      SessionLock lock = SessionLock.takeOver(name, lockFile);
      if (lock == null) {
        found(session, Fate.ALIVE, "locked by process " + name.owner().pid());
        return;
      }
      try (lock) {
        if (name.owner().isAlive()) {
          examineUnlocked(name, session);
          return;
        }
        if (!dryRun) {
          TreeRemoval.remove(session);
          lock.delete();
          deleteExitLink(root.resolve(SessionName.EXIT + name));
        }
        found(session, Fate.RECLAIMED, "process " + name.owner().pid() + " is dead");
      }
    } catch (IOException e) {
      found(session, Fate.LEFT, e.toString());
    }
  }

  /** The process lives without the lock: it has lost the lock, or has not taken it yet. */
  private void examineUnlocked(SessionName name, Path session) {
    String process = "process " + name.owner().pid();
    if (Files.exists(session, LinkOption.NOFOLLOW_LINKS)) {
      found(
          session,
          Fate.LEFT,
          process + " lives, but has lost its lock; a sweep after its end removes it");
    } else {
      found(session, Fate.ALIVE, process + " begins");
    }
  }

  /**
   * Reports a session of this process without opening its lock file: closing it again would drop
   * the lock.
   */
  private void examineOurs(SessionName name, Path session) {
    if (SessionLock.isHeldHere(name)) {
      found(session, Fate.ALIVE, "of this process");
    } else {
      found(
          session,
          Fate.LEFT,
          "of this process, which does not use it; a sweep after its end removes it");
    }
  }

  private void found(Path path, Fate fate, String reason) {
    findings.add(new Finding(path, fate, reason));
  }
}
