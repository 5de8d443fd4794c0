package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

class FindFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void logs() throws IOException {
    Files.createDirectories(folder.resolve("old/deep"));
    Files.createDirectories(folder.resolve("empty"));
    for (String name :
        List.of("a.log", "b.log", "with space.log", "old/c.log.gz", "old/deep/d.log", ".hidden")) {
      Files.writeString(folder.resolve(name), name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "%/a.log, a.log",
    "'%/a.log %/b.log', a.log b.log",
    "'%/b.log,%/a.log,%/a.log', a.log b.log",
    "%/old, old/c.log.gz old/deep/d.log",
    "%/*.log, a.log b.log with_space.log",
    "'%/{a,b}.log', a.log b.log",
    "%/with space.log, with_space.log",
    "%/old/**/*.log, old/deep/d.log",
  })
  void wordsBecomeFilesEachOnceInOrder(String input, String expected) {
    List<String> found =
        FindFiles.of(input.replace("%", folder.toString())).stream()
            .map(file -> folder.relativize(Path.of(file.path())).toString().replace(' ', '_'))
            .toList();
    assertEquals(List.of(expected.split(" ")), found);
  }

  @ParameterizedTest
  @CsvSource({
    "%/nowhere.log, no such file or folder",
    "%/empty, the folder holds no file",
    "%/*.gz, no file matches this pattern",
  })
  void aWordThatNamesNothingIsRefused(String input, String why) {
    String word = input.replace("%", folder.toString());
    Refusal refusal = assertThrows(Refusal.class, () -> FindFiles.of(word));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals("input " + word + ": " + why, refusal.getMessage());
  }

  @Test
  void noInputIsRefused() {
    assertThrows(Refusal.class, () -> FindFiles.of("  "));
  }
}
