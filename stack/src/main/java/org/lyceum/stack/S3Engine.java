package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An S3 API over a folder, for tests and demonstrations: buckets are its folders, objects files
 * below them. Key and secret are {@code test}.
 */
record S3Engine(EngineFolder home, int port) implements Engine {
  static final String KEY = "test";

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public String title() {
    return "S3";
  }

  private Path properties() {
    return home.folder().resolve("s3.properties");
  }

  /** Where the buckets lie. */
  Path data() {
    return home.folder().resolve("s3");
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data());
    Files.writeString(
        properties(),
        String.join(
            "\n",
            "s3proxy.endpoint=" + uri(),
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + KEY,
            "s3proxy.credential=" + KEY,
            "s3proxy.ignore-unknown-headers=true",
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + data().toString().replace("\\", "\\\\"),
            ""));
  }

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlogback.configurationFile=org/lyceum/stack/s3/logback.xml",
        "-cp",
        StackClasspath.find("s3"),
        "org.gaul.s3proxy.Main",
        "--properties",
        properties().toString());
  }

  /** Nobody may list the buckets without a key, and it says so. */
  @Override
  public boolean answers(URI there) {
    return Http.status(there.resolve("/")).orElse(0) == 403;
  }
}
