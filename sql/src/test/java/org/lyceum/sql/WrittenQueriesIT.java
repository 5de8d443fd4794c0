package org.lyceum.sql;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries that people copy: those of the README and of the benchmarks fit the views. */
class WrittenQueriesIT {
  private static final Pattern BLOCK =
      Pattern.compile("([^\n]*\n)```sql\n(.*?)```", Pattern.DOTALL);

  record Written(String where, boolean runs, String query) {
    @Override
    public String toString() {
      return where + ": " + query.replaceAll("\\s+", " ");
    }
  }

  @BeforeAll
  static void publish() throws SQLException {
    try (Connection publisher = GivenLake.shared().trino(PublishViews.PUBLISHER)) {
      PublishViews.publish(publisher, GivenLake.shared().lake, Views.all());
    }
  }

  static List<Written> written() throws IOException {
    List<Written> written = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (block.find()) {
      written.add(new Written("README", !block.group(1).contains("does not run"), block.group(2)));
    }
    try (Stream<Path> files = Files.list(Path.of("../bench"))) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().matches("openstax_[a-z_]+\\.sql"))
              .sorted()
              .toList()) {
        written.add(new Written(file.getFileName().toString(), true, Files.readString(file)));
      }
    }
    return written;
  }

  @ParameterizedTest
  @MethodSource("written")
  void fitsTheViews(Written written) throws SQLException {
    if (written.runs()) {
      assertTrue(isValid(written.query()));
    } else {
      assertThrows(SQLException.class, () -> isValid(written.query()));
    }
  }

  private static boolean isValid(String query) throws SQLException {
    try (Connection trino = GivenLake.shared().trino("researcher");
        Statement statement = trino.createStatement();
        ResultSet row =
            statement.executeQuery("EXPLAIN (TYPE VALIDATE) " + Query.statement(query))) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
