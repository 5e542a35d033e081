package io.github.niotmp.command;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.command.diagnosis.OthersRoot;
import io.github.niotmp.command.diagnosis.SweptEntry;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes the files that dead processes left. */
@Command(
    name = "sweep",
    description = {
      "Removes the files that killed processes left.",
      "",
      "Prints each session and file of this user in the directory: reclaimed, alive (a process"
          + " uses it) or left (with the reason). Names the directories of other users beside it,"
          + " which only their owners sweep."
    },
    exitCodeList = {
      "0:The directory was swept, whatever was found.",
      "1:The directory cannot be swept.",
      "2:An unknown option or argument."
    })
final class Sweep implements Callable<Integer> {
  private final Screen screen;

  @Mixin JsonOptions options = new JsonOptions();
  @Mixin HelpOption help = new HelpOption();

  @Option(names = "--dry-run", description = "Remove no file, and show those to reclaim.")
  boolean dryRun;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIRECTORY",
      converter = DirectoryArgument.Converter.class,
      description =
          "A path or a file: URI. Without it, the temporary directory that the library uses.")
  @Nullable DirectoryArgument given;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  Sweep(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (options.schema) {
      screen.text(JsonOptions.schemaOf("sweep"));
      return 0;
    }
    UserDirectory root = UserDirectory.in(given == null ? SystemTemp.directory() : path(given));
    List<SweptEntry> entries =
        Reaper.sweep(root, dryRun).stream().map(finding -> SweptEntry.of(finding, dryRun)).toList();
    List<OthersRoot> others = OthersRoot.beside(root);
    if (options.json) {
      screen.text(Json.text(json(root, entries, others)));
    } else {
      print(root, entries, others);
    }
    if (!dryRun) {
      root.removeIfEmpty();
    }
    return 0;
  }

  private Path path(DirectoryArgument argument) throws IOException {
    try (DirectoryArgument.Opened directory = argument.open()) {
      if (directory.path().getFileSystem() != FileSystems.getDefault()) {
        throw new IllegalArgumentException("only directories of the default file system are swept");
      }
      if (!Files.readAttributes(directory.path(), BasicFileAttributes.class).isDirectory()) {
        throw new FileSystemException(directory.path().toString(), null, "It is no directory");
      }
      return directory.path();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(UserDirectory root, List<SweptEntry> entries, List<OthersRoot> others) {
    if (entries.isEmpty()) {
      screen.paragraph("nothing in " + root.path());
    }
    entries.forEach(entry -> screen.paragraph(entry.text()));
    if (!others.isEmpty()) {
      screen.paragraph(OthersRoot.text(others));
    }
  }

  private Map<String, Object> json(
      UserDirectory root, List<SweptEntry> entries, List<OthersRoot> others) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("root", root.path().toString());
    all.put("dryRun", dryRun);
    all.put("entries", entries.stream().map(SweptEntry::values).toList());
    all.put("otherUsers", others.stream().map(OthersRoot::values).toList());
    return all;
  }
}
