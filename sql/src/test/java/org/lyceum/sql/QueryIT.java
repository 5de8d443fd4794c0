package org.lyceum.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/** One query and its answer, in every layout. */
class QueryIT {
  private static final String ODD =
      """
      -- both kinds of quotes, several lines
      SELECT "x" AS "a b", 'it''s "so", yes' AS text, NULL AS none, '' AS blank,
        ARRAY[1, 2] AS list, TIMESTAMP '2026-01-02 03:04:05 UTC' AS at
      FROM (VALUES 1) AS t (x);
      """;

  @Test
  void csvTellsNullFromBlankAndQuotesWhatNeedsIt() throws Exception {
    assertEquals(
        """
        a b,text,none,blank,list,at\r
        1,"it's ""so"", yes",,"","[1,2]",2026-01-02 03:04:05 UTC\r
        """,
        answer(ODD, Query.Format.csv));
  }

  @Test
  void jsonIsAnObjectPerLine() throws Exception {
    assertEquals(
        "{\"a b\":1,\"text\":\"it's \\\"so\\\", yes\",\"none\":null,\"blank\":\"\","
            + "\"list\":[1,2],\"at\":\"2026-01-02 03:04:05 UTC\"}\n",
        answer(ODD, Query.Format.json));
  }

  @Test
  void tableHasAlignedColumns() throws Exception {
    assertEquals(
        """
        n   word
        --  ----
        1   a\\nb
        22  NULL
        """,
        answer(
            "SELECT n, word FROM (VALUES (1, U&'a\\000Ab'), (22, NULL)) AS t (n, word) ORDER BY n",
            Query.Format.table));
  }

  @Test
  void timesWithinListsAndRowsKeepTheirZone() throws Exception {
    assertEquals(
        "{\"list\":[\"2026-01-02 03:04:05.120 UTC\"],"
            + "\"pair\":{\"field0\":\"2026-01-02 03:04:05\",\"field1\":0.0000001}}\n",
        answer(
            "SELECT ARRAY[TIMESTAMP '2026-01-02 03:04:05.120 UTC'] AS list,"
                + " ROW(TIMESTAMP '2026-01-02 03:04:05', DECIMAL '0.0000001') AS pair",
            Query.Format.json));
  }

  @Test
  void jsonRefusesTwoColumnsOfOneName() {
    Refusal e =
        assertThrows(Refusal.class, () -> answer("SELECT 1 AS a, 2 AS a", Query.Format.json));
    assertEquals(
        "two columns are called a, and a JSON object holds one: rename one with AS",
        e.getMessage());
  }

  @Test
  void aWrongQueryFailsWithTrinosMessage() {
    SQLException e =
        assertThrows(SQLException.class, () -> answer("SELECT nope", Query.Format.csv));
    assertTrue(e.getMessage().contains("Column 'nope' cannot be resolved"), e.getMessage());
  }

  @Test
  void whenTrinoIsDownOneSentenceSaysWhatToDo() throws Exception {
    try (Connection nobody = Trino.connect(1, "x")) {
      SQLException e =
          assertThrows(
              SQLException.class,
              () -> Query.run(nobody, "SELECT 1", Query.Format.csv, new StringWriter()));
      assertEquals(
          "Trino at 127.0.0.1:1 does not answer: start it with `make up`",
          Trino.refusal(1, e).getMessage());
    }
  }

  @Test
  void aBlankQueryAndAnUnknownFormatAreWrongUse() {
    assertEquals(Exit.WRONG_USE, assertThrows(Refusal.class, () -> Query.statement(" ;\n")).exit());
    assertEquals(Exit.WRONG_USE, assertThrows(Refusal.class, () -> Query.format("xml")).exit());
  }

  private static String answer(String sql, Query.Format format) throws Exception {
    StringWriter out = new StringWriter();
    try (Connection trino = GivenLake.shared().trino("researcher")) {
      Query.run(trino, Query.statement(sql), format, out);
    }
    return out.toString();
  }
}
