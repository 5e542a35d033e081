package io.github.niotmp.volume;

import io.github.niotmp.TmpFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;

/** The attributes of a file at one moment, for the basic, posix, dos, unix and tmp views. */
public interface FileAttributes extends PosixFileAttributes, DosFileAttributes, TmpFileAttributes {

  /** Returns the kind and permissions as {@code st_mode} has them. */
  int mode();

  /** Returns the number of names. */
  int linkCount();

  /** Returns a number that no other file of the volume has or had. */
  long inode();

  /** Returns a number for the volume that no other open volume of this JVM has. */
  long device();

  /** Returns the owner's number. */
  int uid();

  /** Returns the group's number. */
  int gid();

  /** Returns when an attribute, the content or the names last changed. */
  java.nio.file.attribute.FileTime changeTime();
}
