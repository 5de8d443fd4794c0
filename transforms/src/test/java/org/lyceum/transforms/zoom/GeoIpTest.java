package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.testdata.GeoDatabase;

class GeoIpTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String UNITED_STATES =
      """
      "continent": {"code": "NA", "names": {"de": "Nordamerika", "en": "North America"}},
      "country": {
        "iso_code": "US", "names": {"de": "Vereinigte Staaten", "en": "United States"}}
      """;

  private static final String CAMBRIDGE =
      """
      {
        %s,
        "city": {"geoname_id": 4931972, "names": {"en": "Cambridge", "ja": "ケンブリッジ"}},
        "location": {
          "accuracy_radius": 20, "latitude": 42.3649, "longitude": -71.0987,
          "metro_code": 506, "time_zone": "America/New_York"},
        "postal": {"code": "02139"},
        "registered_country": {"iso_code": "DE", "names": {"en": "Germany"}},
        "subdivisions": [
          {"iso_code": "MA", "names": {"en": "Massachusetts"}},
          {"iso_code": "017", "names": {"en": "Middlesex County"}}],
        "traits": {"is_anycast": true}
      }
      """
          .formatted(UNITED_STATES);

  @TempDir Path folder;

  /** Of 192.0.2.0/24 and of 2001:db8:1::/48 everything is known. */
  static GeoDatabase city() throws IOException {
    return GeoDatabase.ofType("GeoLite2-City")
        .with("192.0.2.0/24", CAMBRIDGE)
        .with("2001:db8:1::/48", CAMBRIDGE);
  }

  /** What is then said of an address. */
  static JsonNode everyField(String address) throws IOException {
    return JSON.readTree(
        """
        {
          "ip": "%s",
          "country_code2": "US", "country_code3": "USA", "country_name": "United States",
          "continent_code": "NA",
          "region_name": ["MA", "017"],
          "real_region_name": ["Massachusetts", "Middlesex County"],
          "city_name": "Cambridge",
          "latitude": 42.3649, "longitude": -71.0987, "location": [-71.0987, 42.3649],
          "dma_code": 506, "timezone": "America/New_York"
        }
        """
            .formatted(address));
  }

  private Optional<? extends JsonNode> find(GeoDatabase database, String address)
      throws IOException {
    try (GeoIp geoip = GeoIp.open(database.write(folder.resolve("geo.mmdb")).toString())) {
      return geoip.find(address);
    }
  }

  /** What a database says that knows this of 198.51.100.0/25. */
  private JsonNode place(String type, String said) throws IOException {
    GeoDatabase database = GeoDatabase.ofType(type).with("198.51.100.0/25", said);
    return find(database, "198.51.100.127").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0",
        "192.0.2.255",
        "2001:db8:1::",
        "2001:DB8:1:FFFF:FFFF:FFFF:FFFF:FFFF",
        "::ffff:192.0.2.17",
        "0:0:0:0:0:ffff:192.0.2.17"
      })
  void aCityHasEveryField(String address) throws IOException {
    assertEquals(Optional.of(everyField(address)), find(city(), address));
  }

  @Test
  void aCountryHasItsFieldsAlone() throws IOException {
    assertEquals(
        JSON.readTree(
            """
            {
              "ip": "198.51.100.127",
              "country_code2": "US", "country_code3": "USA", "country_name": "United States",
              "continent_code": "NA"
            }
            """),
        place("GeoLite2-Country", "{" + UNITED_STATES + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                     | {}
          {"country": {"iso_code": "XK"}}                        | {"country_code2": "XK"}
          {"country": {"names": {"de": "Deutschland"}}}          | {}
          {"country": {"names": {"en": "Germany"}}}              | {"country_name": "Germany"}
          {"country": "US"}                                      | {}
          {"continent": {"names": {"en": "Europe"}}}             | {}
          {"registered_country": {"iso_code": "DE"}}             | {}
          {"city": {"names": {"fr": "Londres"}}}                 | {}
          {"city": {"names": {"en": ["London"]}}}                | {}
          {"subdivisions": []}                                   | {}
          {"subdivisions": [{"iso_code": "ENG"}, {}]}            | {"region_name": ["ENG"]}
          {"subdivisions": [{"names": {"en": "England"}}]}       | {"real_region_name": ["England"]}
          {"location": {"latitude": 51.5}}                       | {}
          {"location": {"longitude": 0.5}}                       | {}
          {"location": {"time_zone": "Europe/London"}}           | {"timezone": "Europe/London"}
          {"location": {"metro_code": 501}}                      | {"dma_code": 501}
          """)
  void whatADatabaseLacksIsLeftOut(String said, String expected) throws IOException {
    JsonNode place = place("DBIP-City-Lite", said);
    assertEquals("198.51.100.127", place.get("ip").textValue());
    assertEquals(JSON.readTree(expected), ((ObjectNode) place).without("ip"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.51.100.1",
        "192.0.3.0",
        "10.0.0.7",
        "2001:db8:2::1",
        "fe80::1",
        "::1",
        "",
        " ",
        "localhost",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.017",
        "192.0.2.17.1",
        "192.0.2.17:443",
        "192.0.2.17, 192.0.2.18",
        "3221225985",
        "[2001:db8:1::1]",
        "2001:db8:1::1%lo",
        "2001:db8:1:::1",
        "2001:db8:1::1::",
        "2001:db8:00001::1"
      })
  void anAddressThatIsNotThereOrIsNoneHasNoPlace(String address) throws IOException {
    assertEquals(Optional.empty(), find(city(), address));
  }

  @Test
  void aDatabaseOfIpv4KnowsNoLongerAddress() throws IOException {
    GeoDatabase database = GeoDatabase.ofIpv4("GeoIP2-Country").with("192.0.2.0/24", "{}");
    assertTrue(find(database, "192.0.2.17").isPresent());
    assertFalse(find(database, "c000:0211::1").isPresent(), "it begins with the same bytes");
  }

  @Test
  void withoutADatabaseNoAddressIsKnown() {
    try (GeoIp geoip = GeoIp.open(" ")) {
      assertEquals(Optional.empty(), geoip.find("192.0.2.17"));
    }
  }

  private static void assertRefused(String sentence, Path file) {
    Refusal refusal = assertThrows(Refusal.class, () -> GeoIp.open(file.toString()));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals("GEOIP_DB=" + file + ": " + sentence, refusal.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertRefused("there is no such file", folder.resolve("missing.mmdb"));
    assertRefused("there is no such file", folder);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    byte[] whole = city().bytes();
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int metadata = text.indexOf("MaxMind.com") + "MaxMind.com".length();
    for (String part :
        new String[] {
          "",
          "Not Found",
          text.substring(0, metadata - 1),
          text.substring(0, metadata),
          text.substring(0, metadata + 20)
        }) {
      Path file = folder.resolve("part.mmdb");
      Files.write(file, part.getBytes(StandardCharsets.ISO_8859_1));
      assertRefused("it is no MaxMind database (.mmdb) that can be read", file);
    }
  }

  @Test
  void aDatabaseOfSomethingElseIsRefused() throws IOException {
    assertRefused(
        "it is a database GeoLite2-ASN, not one of cities or countries",
        GeoDatabase.ofType("GeoLite2-ASN").write(folder.resolve("asn.mmdb")));
  }

  @Test
  void damageIsSaidWithoutTheAddress() throws IOException {
    byte[] bytes = city().bytes();
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("continent");
    bytes[name - 1] = 0; // an extended type that is none
    bytes[name] = 0;
    Path file = Files.write(folder.resolve("damaged.mmdb"), bytes);
    try (GeoIp geoip = GeoIp.open(file.toString())) {
      Refusal refusal = assertThrows(Refusal.class, () -> geoip.find("192.0.2.17"));
      assertEquals(Exit.FAILED, refusal.exit());
      assertEquals("the database of GEOIP_DB is damaged; fetch it again", refusal.getMessage());
      assertNull(refusal.getCause(), "it would quote the address");
    }
  }
}
