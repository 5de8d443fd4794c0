/**
 * Requests in, whole replies or one clear failure out, for every source that is asked over HTTP.
 * Knows no source: who asks, which pages there are and what a reply means is the sources' matter.
 * Authentication: none, digest (RFC 7616) or a bearer token. Faults that may pass are tried again
 * here and nowhere else; how often, how fast and how many requests in all are {@link
 * org.lyceum.transforms.io.http.HttpSettings}. No message and no log line holds a value of a query,
 * a header or a body.
 */
package org.lyceum.transforms.io.http;
