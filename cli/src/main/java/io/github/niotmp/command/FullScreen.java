package io.github.niotmp.command;

import io.github.niotmp.internal.report.LogText;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The alternate screen of a terminal. Each text replaces the one before, and the key {@code q} ends
 * this JVM with status 0. The close, or a shutdown hook, restores the terminal and the lines on it.
 * The hook runs after {@code q} and after SIGINT (Ctrl-C), SIGTERM and SIGHUP. Ctrl-Z has no
 * effect, because a stopped JVM does not restore the terminal. SIGSTOP and SIGKILL leave it as it
 * is.
 *
 * <p>Safe for use by several threads. This object's monitor guards the output, so that no text
 * follows the end of the alternate screen.
 */
final class FullScreen implements Closeable {
  /**
   * Begins the alternate screen, and hides the cursor. Lines do not wrap, because a terminal may
   * show a character wider than {@link DisplayWidth} knows.
   */
  static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final PrintStream out;
  private final Terminal terminal;
  private final String modes;
  private final Thread atExit = new Thread(this::leave, "nio-tmp-screen");
  private boolean hasLeft;

  private FullScreen(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
    this.modes = terminal.stty().run("-g");
  }

  /** Begins the alternate screen. */
  static FullScreen open(PrintStream out, Terminal terminal) {
    FullScreen screen = new FullScreen(out, terminal);
    Runtime.getRuntime().addShutdownHook(screen.atExit);
    screen.enter();
    Thread keys = new Thread(screen::readKeys, "nio-tmp-keys");
    keys.setDaemon(true);
    keys.start();
    return screen;
  }

  private synchronized void enter() {
    if (!hasLeft) {
      // a key is read without Enter and is not shown, and Ctrl-Z stops no process
      terminal.stty().run("-icanon", "-echo", "susp", "undef");
      print(ENTER);
    }
  }

  /**
   * Ends this JVM at the key {@code q}, whatever its other threads wait for. The thread that reads
   * the observed JVM may block without end, and so may the close of its connection.
   */
  private void readKeys() {
    try {
      for (int key = 0; key >= 0; key = terminal.keys().read()) {
        if (key == 'q') {
          System.exit(0);
        }
      }
    } catch (IOException e) {
      // no more keys: an interrupt ends the screen
    }
  }

  /** Returns the size of the terminal now. */
  Terminal.Size size() {
    return terminal.size();
  }

  /** Shows as many lines as the terminal has, and the number of those that it leaves out. */
  synchronized void show(List<String> lines, Terminal.Size size) {
    if (hasLeft) {
      return;
    }
    List<String> shown = new ArrayList<>(lines);
    if (lines.size() > size.rows()) {
      int kept = size.rows() - 1;
      shown.subList(kept, lines.size()).clear();
      shown.add(lines.size() - kept + " more lines; --once prints all");
    }
    shown.replaceAll(line -> DisplayWidth.cut(LogText.escaped(line), size.columns()));
    print(HOME_AND_CLEAR + String.join("\n", shown));
  }

  private synchronized void leave() {
    if (!hasLeft) {
      hasLeft = true;
      print(LEAVE);
      if (!modes.isEmpty()) {
        terminal.stty().run(modes);
      }
    }
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public void close() {
    leave();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // this JVM ends
    }
  }
}
