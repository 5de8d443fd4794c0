package org.lyceum.transforms.io.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;

/**
 * One request in, one whole reply out, without a second attempt; only a challenge is answered. Here
 * stands what the library's exceptions and a reply's status mean.
 */
final class HttpExchange implements AutoCloseable {
  /** More is no reply but a mistake, and would end the worker. */
  private static final int MOST_BYTES = 256 << 20;

  private final HttpSettings settings;
  private final Identity identity;
  private final Consumer<HttpRequest> spend;
  private final CloseableHttpClient client;

  /**
   * @param spend called before each request that goes out
   */
  HttpExchange(HttpSettings settings, Identity identity, Consumer<HttpRequest> spend) {
    this.settings = settings;
    this.identity = identity;
    this.spend = spend;
    this.client = client(settings);
  }

  private static CloseableHttpClient client(HttpSettings settings) {
    Timeout response = Timeout.of(settings.responseTimeout());
    return HttpClients.custom()
        .useSystemProperties()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setDefaultTlsConfig(
                    TlsConfig.custom()
                        // By default minutes: a host that does not know TLS may just be silent.
                        .setHandshakeTimeout(Timeout.of(settings.connectTimeout()))
                        .build())
                .setMaxConnPerRoute(settings.concurrency())
                .setMaxConnTotal(4 * settings.concurrency())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(response)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(response)
                .setAuthenticationEnabled(false)
                .build())
        .setUserAgent(settings.userAgent())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  HttpReply send(HttpRequest request, HttpWaiting waiting) {
    HttpHost host = request.host();
    int answers = 0;
    while (true) {
      HttpUriRequestBase signed = request.toClient();
      String sent = identity.sign(signed, host);
      spend.accept(request);
      Response response = execute(request, host, signed);
      if (response.reply.status() == 401
          && identity.canAnswer(host, sent, response.challenges, answers)) {
        answers++;
      } else {
        return judge(response.reply, waiting.now());
      }
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }

  private record Response(HttpReply reply, List<String> challenges) {}

  private Response execute(HttpRequest request, HttpHost host, HttpUriRequestBase signed) {
    try {
      return client.execute(
          host,
          signed,
          HttpClientContext.create(),
          response -> {
            Map<String, String> headers = new HashMap<>();
            for (Header header : response.getHeaders()) {
              headers.putIfAbsent(header.getName(), header.getValue());
            }
            byte[] body = body(response, request, signed);
            List<String> challenges =
                Arrays.stream(response.getHeaders(HttpHeaders.WWW_AUTHENTICATE))
                    .map(Header::getValue)
                    .toList();
            return new Response(
                new HttpReply(request.where(), response.getCode(), headers, body), challenges);
          });
    } catch (IOException e) {
      throw failure(e, request);
    }
  }

  private byte[] body(ClassicHttpResponse response, HttpRequest request, HttpUriRequestBase signed)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    try {
      return whole(entity.getContent(), request);
    } catch (IOException | HttpFailureException e) {
      signed.abort(); // or the library would read the rest, however long that takes
      throw e;
    }
  }

  private byte[] whole(InputStream in, HttpRequest request) throws IOException {
    long deadline = System.nanoTime() + settings.replyTimeout().toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes.write(buffer, 0, read);
      if (System.nanoTime() - deadline > 0) {
        throw new SocketTimeoutException();
      }
      if (bytes.size() > MOST_BYTES) {
        throw HttpFailureException.of(
            Kind.TOO_LARGE,
            "The reply is longer than " + (MOST_BYTES >> 20) + " MiB",
            request.where());
      }
    }
    return bytes.toByteArray();
  }

  /** What the library's exceptions mean; their words are left out, they may quote the request. */
  private static HttpFailureException failure(IOException e, HttpRequest request) {
    Kind kind;
    String what;
    if (e instanceof UnknownHostException) {
      kind = Kind.NO_SUCH_HOST;
      what = "There is no such host";
    } else if (e instanceof ConnectTimeoutException) {
      kind = Kind.TIMEOUT;
      what = "The host cannot be connected to in time";
    } else if (e instanceof SocketTimeoutException) {
      kind = Kind.TIMEOUT;
      what = "The host does not reply in time";
    } else if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      kind = Kind.INTERRUPTED;
      what = "Waiting for the reply was interrupted";
    } else if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      kind = Kind.CONNECTION_REFUSED;
      what = "The host refuses the connection";
    } else if (e instanceof SSLException) {
      kind = Kind.TLS;
      what = "There is no secure connection to the host";
    } else {
      kind = Kind.CUT;
      what = "The reply is cut before its end, " + e.getClass().getSimpleName();
    }
    return HttpFailureException.of(kind, what, request.where());
  }

  private HttpReply judge(HttpReply reply, Instant now) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return reply;
    }
    String what = "The host answers " + status;
    if (status == 429) {
      Instant goOnAt = RetryAfter.of(reply, now).orElseGet(() -> now.plus(settings.longestWait()));
      throw HttpFailureException.rateLimited(what, goOnAt, reply);
    }
    Kind kind =
        switch (status) {
          case 401, 403 -> Kind.AUTH_REFUSED;
          case 404 -> Kind.NOT_FOUND;
          case 408 -> Kind.TIMEOUT;
          default -> status >= 500 ? Kind.SERVER_ERROR : Kind.REFUSED;
        };
    throw HttpFailureException.of(kind, what, reply);
  }
}
