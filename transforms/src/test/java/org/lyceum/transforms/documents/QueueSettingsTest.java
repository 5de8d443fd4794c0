package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

class QueueSettingsTest {

  @Test
  void theStandardSettingsSayWhereSqsIs() {
    assertEquals(
        new QueueSettings("actions", "", "us-east-1"),
        QueueSettings.of(Map.of("SQS_QUEUE_NAME", "actions")));
    assertEquals(
        new QueueSettings("actions", "http://localhost:1", "eu-central-1"),
        QueueSettings.of(
            Map.of(
                "SQS_QUEUE_NAME", "actions",
                "AWS_ENDPOINT_URL_SQS", "http://localhost:1",
                "AWS_ENDPOINT_URL", "http://localhost:2",
                "AWS_DEFAULT_REGION", "eu-central-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "actions.fifo", "über"})
  void otherNamesAreRefused(String name) {
    Refusal refusal =
        assertThrows(Refusal.class, () -> QueueSettings.of(Map.of("SQS_QUEUE_NAME", name)));
    assertEquals(Exit.WRONG_USE, refusal.exit());
  }
}
