package io.github.niotmp.command.diagnosis;

/** The subject of a check, in the order of the checks. */
public enum Subject {
  /** The directory exists. */
  DIRECTORY("directory", "directory"),
  /** The type of the file system, and its free space. */
  FILE_SYSTEM("file system", "fileSystem"),
  /** The permissions of the directory and of those above it. */
  PERMISSIONS("permissions", "permissions"),
  /** The limit of descriptors of this process. */
  DESCRIPTORS("descriptors", "descriptors"),
  /** The sessions of this user's processes. */
  SESSIONS("sessions", "sessions"),
  /** A file is created, written and read. */
  WRITE("write", "write"),
  /** A file is truncated, and written beyond its end. */
  GAP("gap", "gap"),
  /** A second lock of the same bytes is refused. */
  LOCKS("locks", "locks"),
  /** A file replaces another one in one step. */
  RENAME("rename", "rename"),
  /** An open file is deleted. */
  UNLINK("unlink", "unlink"),
  /** A spill file is written and read. */
  SPILL("spill", "spill"),
  /** The files of the checks are removed. */
  REMOVAL("removal", "removal");

  private final String label;
  private final String key;

  Subject(String label, String key) {
    this.label = label;
    this.key = key;
  }

  /** Returns the name for people. */
  public String label() {
    return label;
  }

  /** Returns the name in JSON. */
  public String key() {
    return key;
  }
}
