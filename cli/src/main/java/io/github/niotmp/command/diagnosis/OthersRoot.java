package io.github.niotmp.command.diagnosis;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.internal.trust.PathSafety;
import io.github.niotmp.internal.trust.ProcessUser;
import io.github.niotmp.internal.trust.UnixStat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The directory of another user's sessions. A sweep of this user does not enter it.
 *
 * @param owner the name of that user, or the number of one without a name
 */
public record OthersRoot(Path path, String owner) {
  /** The most directories that a line for people names. */
  private static final int MOST = 3;

  /** The characters of a word that a shell takes as they are. */
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** Returns those beside the directory of this user, as far as this user can list them. */
  public static List<OthersRoot> beside(UserDirectory root) {
    return beside(root.path(), ProcessUser.uid());
  }

  static List<OthersRoot> beside(Path root, int uid) {
    List<OthersRoot> found = new ArrayList<>();
    if (PathSafety.canCheck(root)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(
              requireNonNull(root.getParent(), "the root has a parent"), "nio-tmp-[0-9]*")) {
        for (Path entry : entries) {
          add(entry, uid, found);
        }
      } catch (IOException | DirectoryIteratorException | SecurityException e) {
        // the list is a hint, so a directory that this user cannot read ends it
      }
    }
    found.sort(Comparator.comparing(OthersRoot::path));
    return found;
  }

  private static void add(Path entry, int uid, List<OthersRoot> found) {
    try {
      UnixStat stat = UnixStat.of(entry);
      if (stat.isDirectory() && stat.uid() != uid) {
        String owner = Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).getName();
        found.add(new OthersRoot(entry, owner));
      }
    } catch (IOException e) {
      // its last process has removed it, or this user cannot look at it
    }
  }

  /** Returns a line for people, with the command that sweeps the first. */
  public static String text(List<OthersRoot> others) {
    OthersRoot first = others.get(0);
    return "other users ("
        + others.size()
        + "): "
        + others.stream()
            .limit(MOST)
            .map(each -> each.path + " (" + each.owner + ")")
            .collect(Collectors.joining(", "))
        + (others.size() > MOST ? ", ..." : "")
        + "; only its owner sweeps a directory: sudo -u "
        + first.user()
        + " nio-tmp sweep "
        + word(String.valueOf(first.path.getParent()));
  }

  /** Returns the owner as a word for {@code sudo -u}, which takes a number after {@code #}. */
  private String user() {
    boolean hasName = !owner.chars().allMatch(Character::isDigit);
    return word(hasName ? owner : "#" + owner);
  }

  /** Returns the text as one word of a shell. */
  private static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns the directory as the fields of a JSON object. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("path", path.toString());
    values.put("owner", owner);
    return values;
  }
}
