package org.lyceum.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/** The way to Trino: where it is, and what to say when it does not answer. */
final class Trino {
  private static final String PORT_OPTION = "--trino-port=";

  private Trino() {}

  /** The port: the option, else TRINO_PORT, else 8080. */
  static int port(String[] args, Map<String, String> environment) {
    String port = environment.getOrDefault("TRINO_PORT", "");
    port = port.isBlank() ? "8080" : port;
    for (String arg : args) {
      if (!arg.startsWith(PORT_OPTION)) {
        throw new Refusal(
            Exit.WRONG_USE, "no such option: " + arg + "; there is " + PORT_OPTION + "<port>");
      }
      port = arg.substring(PORT_OPTION.length());
    }
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new Refusal(Exit.WRONG_USE, "the port of Trino is a number, not " + port, e);
    }
  }

  /** A connection with default catalog {@code lake} and times in UTC; nothing is sent yet. */
  static Connection connect(int port, String user) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("timezone", "UTC");
    return DriverManager.getConnection("jdbc:trino://127.0.0.1:" + port + "/lake", properties);
  }

  /** What to tell of a failure: that Trino is down, or Trino's own message. */
  static Refusal refusal(int port, SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return new Refusal(
            Exit.FAILED,
            "Trino at 127.0.0.1:" + port + " does not answer: start it with `make up`",
            e);
      }
    }
    return new Refusal(Exit.FAILED, e.getMessage(), e);
  }
}
