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
 * Removes what processes have left that are dead: sessions whose lock is free, and spill files
 * whose process was killed as it was about to unlink them.
 *
 * <p>It never decides by age or clock, and where a lock proves nothing, on the file systems of
 * networks, it removes nothing at all.
 */
public final class Reaper {
  private static final Pattern LOCKS_PROVE_NOTHING =
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

  /** What became of an entry. */
  public enum Fate {
    /** Its process was dead: it is gone, or would be. */
    RECLAIMED,
    /** Its process lives. */
    ALIVE,
    /** It stays, as nobody can be sure, or as it could not be removed. */
    LEFT
  }

  /**
   * An entry of a root.
   *
   * @param path the session's directory, or the entry as it is
   * @param reason why, for people
   */
  public record Finding(Path path, Fate fate, String reason) {}

  /**
   * Removes what dead processes have left.
   *
   * @param dryRun whether all stays and is only told of
   * @return what was found; empty if there is no root
   * @throws IOException if the root cannot be listed, or is not this user's alone
   */
  public static List<Finding> sweep(UserDirectory root, boolean dryRun) throws IOException {
    try {
      return root.exists()
          ? sweep(root.path(), Files.getFileStore(root.path()).type(), dryRun)
          : List.of();
    } catch (NoSuchFileException e) {
      return List.of(); // nobody uses it
    }
  }

  /** Removes it from a root that is there, on a file system of a type. */
  static List<Finding> sweep(Path root, String fileSystemType, boolean dryRun) throws IOException {
    Reaper reaper = new Reaper(root, fileSystemType, dryRun);
    reaper.sweep();
    return List.copyOf(reaper.findings);
  }

  /**
   * Sweeps and logs what went wrong: nothing that its caller is about fails for that. The lines are
   * delivered with the other notices of this thread, which holds the lock of a file.
   */
  static void sweepReporting(UserDirectory root) {
    try {
      for (Finding finding : sweep(root, false)) {
        if (finding.fate() == Fate.LEFT) {
          Notices.warn(finding.path() + " stays: " + finding.reason(), null);
        }
      }
    } catch (IOException | RuntimeException e) {
      Notices.warn("Cannot look for what dead processes left in " + root.path(), e);
    }
  }

  /** Says whether a lock on this file system may be seen by some and not by others. */
  public static boolean isRemote(String fileSystemType) {
    return LOCKS_PROVE_NOTHING.matcher(fileSystemType).matches();
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
        found(entry, Fate.LEFT, "not ours");
      } else {
        examine(name, entry);
      }
    } else if (SessionName.parse(text) == null) {
      found(entry, Fate.LEFT, "not ours");
    } else if (!hasLock(text) && Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
      found(entry, Fate.LEFT, "it has no lock file");
    }
  }

  /** Tells of a session once, by its lock file. */
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
          root.resolve(session), Fate.LEFT, "on " + fileSystemType + ", where locks prove nothing");
    }
  }

  private boolean hasLock(String session) {
    return Files.exists(root.resolve(session + SessionName.LOCK), LinkOption.NOFOLLOW_LINKS);
  }

  /** Does no harm to a creator that lives: it is about to do the same. */
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

  /** Removes the link of a session that is over; of another one it goes with the session. */
  private void removeExitLink(Path link, String session) {
    if (SessionName.parse(session) == null) {
      found(link, Fate.LEFT, "not ours");
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

  /** Its process has lost the lock, or has not come to take it. */
  private void examineUnlocked(SessionName name, Path session) {
    String process = "process " + name.owner().pid();
    if (Files.exists(session, LinkOption.NOFOLLOW_LINKS)) {
      found(session, Fate.LEFT, process + " lives, though it has lost its lock");
    } else {
      found(session, Fate.ALIVE, process + " begins");
    }
  }

  /** Whoever opened the lock file would drop the lock. */
  private void examineOurs(SessionName name, Path session) {
    if (SessionLock.isHeldHere(name)) {
      found(session, Fate.ALIVE, "of this process");
    } else {
      found(session, Fate.LEFT, "of this process, which does not use it");
    }
  }

  private void found(Path path, Fate fate, String reason) {
    findings.add(new Finding(path, fate, reason));
  }
}
