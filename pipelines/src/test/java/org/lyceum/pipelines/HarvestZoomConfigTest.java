package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.testdata.GeoDatabase;
import org.lyceum.transforms.io.http.HttpSettings;

class HarvestZoomConfigTest {
  private static final Map<String, String> ACCOUNT =
      Map.of("ZOOM_ACCOUNT_ID", "account", "ZOOM_KEY", "key", "ZOOM_SECRET", "secret");

  @TempDir Path folder;

  private static HarvestZoomConfig config(String name, Object value) {
    Map<String, String> settings = new TreeMap<>(ACCOUNT);
    settings.put(name, value.toString());
    return HarvestZoomConfig.from(
        PipelineOptionsFactory.as(LyceumOptions.HarvestZoom.class),
        settings,
        HttpSettings.defaults(),
        Clock.systemUTC());
  }

  private static void assertRefused(String sentence, Path file) {
    Refusal refusal = assertThrows(Refusal.class, () -> config("GEOIP_DB", file));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals("GEOIP_DB=" + file + ": " + sentence, refusal.getMessage());
  }

  @Test
  void aDatabaseOfAddressesIsThereOrNot() throws IOException {
    Path file = GeoDatabase.ofType("GeoLite2-City").write(folder.resolve("city.mmdb"));
    assertEquals(file.toString(), config("GEOIP_DB", file).geoIpDb());
    assertEquals(file.toString(), config("GEOIP_DB", file).withGroups(1).geoIpDb());
    assertEquals("", config("GEOIP_DB", " ").geoIpDb());
    assertEquals(file.toString(), config("GEOLITE_PATH", file).geoIpDb(), "by its old name");
    assertEquals("", config("ZOOM_LISTING", "metrics").geoIpDb());
  }

  @Test
  void whatIsNoSuchDatabaseIsRefused() throws IOException {
    assertRefused("there is no such file", folder.resolve("missing.mmdb"));
    assertRefused(
        "it is no MaxMind database (.mmdb) that can be read",
        Files.writeString(folder.resolve("page.mmdb"), "<html>"));
  }
}
