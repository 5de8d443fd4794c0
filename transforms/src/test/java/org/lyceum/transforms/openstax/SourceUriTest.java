package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceUriTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://lyceum.example/a/b?q=1#f, https, lyceum.example, /a/b, q=1",
        "HTTPS://u:p@lyceum.example:8443?, https, lyceum.example, '', ''",
        "http://[2001:db8::1]:80/, http, [2001:db8::1], /, -",
        "https://lyceum.example/#a?b, https, lyceum.example, /, -",
        "about:blank, about, -, -, -",
        "/a?b?c, -, -, /a, b?c",
        "file:///a, file, '', /a, -",
        "'', -, -, '', -"
      })
  void isSplitAsTheServerSplitsIt(
      String uri, String scheme, String host, String path, String query) {
    assertEquals(new SourceUri(scheme, host, path, query), SourceUri.split(uri));
  }
}
