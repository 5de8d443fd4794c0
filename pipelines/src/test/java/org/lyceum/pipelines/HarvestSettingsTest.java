package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.http.HttpSettings;

class HarvestSettingsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** As the old harvester's example had it. */
  private static final Map<String, String> OLD =
      Map.of(
          "MATTERHORN_REST_USER", "mh_rest_user",
          "MATTERHORN_REST_PASS", "mh$rest' pass ",
          "MATTERHORN_ENGAGE_HOST", "Matterhorn.lyceum.example");

  private static HarvestOpencastConfig config(Map<String, String> more, String... arguments) {
    Map<String, String> settings = new TreeMap<>(OLD);
    settings.putAll(more);
    return HarvestOpencastConfig.from(
        PipelineOptionsFactory.fromArgs(arguments).as(LyceumOptions.HarvestOpencast.class),
        settings,
        HttpSettings.defaults());
  }

  private static void assertRefused(
      String sentence, Map<String, String> more, String... arguments) {
    Refusal refusal = assertThrows(Refusal.class, () -> config(more, arguments));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
  }

  @Test
  void anOldEnvIsEnough() {
    HarvestOpencastConfig config = config(Map.of(), "--feed=");
    assertEquals(
        URI.create("http://Matterhorn.lyceum.example"), config.access().hosts().engage());
    assertEquals(config.access().hosts().engage(), config.access().hosts().admin());
    assertEquals("matterhorn.lyceum.example", config.feed());
    assertEquals("mh$rest' pass ", config.access().password());
    assertEquals(Duration.ofMinutes(2), config.asked().interval());
    assertNull(config.asked().mostSpan());
    assertEquals(Duration.ofSeconds(1), config.access().settings().rest());
    assertTrue(!config.access().toString().contains("rest"), "says no user and no password");
  }

  @Test
  void aTimeIsADayOrATimeOrFourteenDigitsInTheHostsZone() {
    Instant start = Instant.parse("2026-03-02T00:00:00Z");
    assertEquals(start, HarvestSettings.time("FROM", "2026-03-02", NEW_YORK, false));
    assertEquals(
        start.plus(Duration.ofDays(1)),
        HarvestSettings.time("TO", "2026-03-02", NEW_YORK, true),
        "TO is the last day");
    assertEquals(start, HarvestSettings.time("TO", "2026-03-02T00:00:00Z", NEW_YORK, true));
    assertEquals(start, HarvestSettings.time("TO", "20260301190000", NEW_YORK, true));
    assertNull(HarvestSettings.time("TO", " ", NEW_YORK, true));
  }

  @Test
  void wrongUseIsOneSentence() {
    assertRefused("MATTERHORN_REST_USER is missing", Map.of("MATTERHORN_REST_USER", " "));
    assertRefused(
        "without user and password",
        Map.of("MATTERHORN_ENGAGE_HOST", "http://user:secret@matterhorn.lyceum.example"));
    assertRefused("ENGAGE_TIMEZONE=here", Map.of("ENGAGE_TIMEZONE", "here"));
    assertRefused("BATCH_SIZE=1: it is a whole number from 2 on", Map.of("BATCH_SIZE", "1"));
    assertRefused("FROM=soon: it is a UTC day", Map.of(), "--from=soon");
    assertRefused("stands with FROM only", Map.of(), "--to=2026-03-02");
    assertRefused("does not lie after", Map.of(), "--from=2026-03-02", "--to=2026-03-01");
    assertRefused("OUTPUT=paper: lake, stdout", Map.of(), "--output=paper");
    assertRefused("say FROM= or INTERVAL=", Map.of(), "--output=stdout");
    assertRefused("WAIT=-1", Map.of(), "--wait=-1");
  }

  @Test
  void theSpanIsCheckedUnlessToldOtherwise() {
    Map<String, String> most = new TreeMap<>(Map.of("MAX_START_END_SPAN", "3600"));
    assertEquals(Duration.ofHours(1), config(most).asked().mostSpan());
    most.put("DISABLE_START_END_SPAN_CHECK", "1");
    assertNull(config(most).asked().mostSpan());
  }
}
