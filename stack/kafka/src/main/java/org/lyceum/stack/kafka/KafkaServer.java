package org.lyceum.stack.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** A broker's properties file in; the broker, in this process, until it is told to end. */
public final class KafkaServer {
  private KafkaServer() {}

  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(Path.of(args[0]))) {
      properties.load(file);
    }
    Path data = Path.of(properties.getProperty("log.dirs"));
    if (!Files.exists(data.resolve("meta.properties"))) {
      String[] format = {
        "format", "--config", args[0], "--cluster-id", Uuid.randomUuid().toString()
      };
      if (StorageTool.execute(format, System.out) != 0) {
        System.exit(1);
      }
    }
    Kafka.main(args);
  }
}
