package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.maxmind.db.DeserializationException;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Addresses in, where they are out: {@code geoip} of a session's document, from a database of
 * cities or of countries in MaxMind's format. An address that is not in the database, or is none,
 * has no place, which is a gap and no failure.
 */
public final class GeoIp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";

  /** Any other text is no address, and Java would ask the network for a host of that name. */
  private static final Pattern ADDRESS =
      Pattern.compile(IPV4 + "|(?:\\p{XDigit}{0,4}:){2,8}(?:\\p{XDigit}{0,4}|" + IPV4 + ")");

  /** Alpha-3 codes of ISO 3166 by those with two letters. */
  private static final Map<String, String> ALPHA_3 =
      Stream.of(Locale.getISOCountries())
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> code,
                  code -> new Locale.Builder().setRegion(code).build().getISO3Country()));

  /** Null for none. */
  private final Reader reader;

  private GeoIp(Reader reader) {
    this.reader = reader;
  }

  /**
   * Opens a database; the caller closes it.
   *
   * @param file its path; blank for none, which knows no address
   * @throws Refusal when it is no such database
   */
  public static GeoIp open(String file) {
    if (file.isBlank()) {
      return new GeoIp(null);
    }
    if (!new File(file).isFile()) {
      throw refusal(file, "there is no such file", null);
    }
    Reader reader = reader(file);
    String type = String.valueOf(reader.getMetadata().databaseType());
    if (!type.matches("(?is).*(city|country|enterprise).*")) {
      throw refusal(file, "it is a database " + type + ", not one of cities or countries", null);
    }
    return new GeoIp(reader);
  }

  private static Reader reader(String file) {
    try {
      return new Reader(new File(file));
    } catch (IOException | RuntimeException e) { // what is no database fails anywhere
      throw refusal(file, "it is no MaxMind database (.mmdb) that can be read", e);
    }
  }

  private static Refusal refusal(String file, String why, Exception cause) {
    return new Refusal(Exit.WRONG_USE, "GEOIP_DB=" + file + ": " + why, cause);
  }

  /** Where an address is; a field that the database does not have is left out. */
  Optional<ObjectNode> find(String address) {
    if (reader == null || !ADDRESS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress found = InetAddress.getByName(address);
      if (found instanceof Inet6Address && reader.getMetadata().ipVersion() == 4) {
        return Optional.empty();
      }
      return Optional.ofNullable(reader.get(found, Map.class))
          .map(said -> place(address, JSON.valueToTree(said)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    } catch (IOException | DeserializationException e) {
      // Not as its cause: that one's message quotes the address.
      throw new Refusal(Exit.FAILED, "the database of GEOIP_DB is damaged; fetch it again");
    }
  }

  private static ObjectNode place(String address, JsonNode said) {
    ObjectNode place = JSON.createObjectNode().put("ip", address);
    JsonNode country = said.at("/country/iso_code");
    put(place, "country_code2", country);
    Optional.ofNullable(ALPHA_3.get(country.asText()))
        .ifPresent(code -> place.put("country_code3", code));
    put(place, "country_name", said.at("/country/names/en"));
    put(place, "continent_code", said.at("/continent/code"));
    putEach(place, "region_name", said.path("subdivisions"), "/iso_code");
    putEach(place, "real_region_name", said.path("subdivisions"), "/names/en");
    put(place, "city_name", said.at("/city/names/en"));
    JsonNode latitude = said.at("/location/latitude");
    JsonNode longitude = said.at("/location/longitude");
    if (latitude.isNumber() && longitude.isNumber()) {
      place.set("latitude", latitude);
      place.set("longitude", longitude);
      place.putArray("location").add(longitude).add(latitude);
    }
    put(place, "dma_code", said.at("/location/metro_code"));
    put(place, "timezone", said.at("/location/time_zone"));
    return place;
  }

  private static void put(ObjectNode place, String name, JsonNode value) {
    if (value.isValueNode()) {
      place.set(name, value);
    }
  }

  private static void putEach(ObjectNode place, String name, JsonNode all, String path) {
    ArrayNode values = JSON.createArrayNode();
    for (JsonNode one : all) {
      if (one.at(path).isValueNode()) {
        values.add(one.at(path));
      }
    }
    if (!values.isEmpty()) {
      place.set(name, values);
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
