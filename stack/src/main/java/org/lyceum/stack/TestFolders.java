package org.lyceum.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary folders in which engines run for the tests of one JVM: the engines end and the folder
 * goes with the JVM, and those of a JVM that was killed when the next one makes its own.
 *
 * @param prefix of the folders' names; the pid of their JVM follows
 * @param engines the engines that may run in such a folder
 */
record TestFolders(String prefix, Function<Path, LakeEngines> engines) {

  Path make() throws IOException {
    sweepAbandoned();
    String owned = prefix + ProcessHandle.current().pid() + "-";
    Path folder = Files.createTempDirectory(owned).toRealPath();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> remove(folder), "remove-" + folder.getFileName()));
    return folder;
  }

  /** A JVM that was killed could not take its engines down: its pid stands in the folder's name. */
  private void sweepAbandoned() throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9]{1,18})-");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, prefix + "*")) {
      for (Path abandoned : folders) {
        Matcher owner = pattern.matcher(abandoned.getFileName().toString());
        if (owner.find() && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()) {
          remove(abandoned.toRealPath());
        }
      }
    }
  }

  /** Nothing of it is needed any more, so nothing is shut down with care. */
  void remove(Path folder) {
    try {
      engines.apply(folder).kill();
      Folders.delete(folder);
    } catch (IOException | EngineFailure e) {
      System.err.println("The test folder " + folder + " stays: " + e.getMessage());
    }
  }
}
