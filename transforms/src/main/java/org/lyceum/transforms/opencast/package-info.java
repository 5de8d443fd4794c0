/**
 * Opencast, as the harvard-dce installation uses it: user actions and episodes in, rows and the
 * documents of Elasticsearch and SQS out.
 *
 * <p>Authentication is digest. Actions are listed by time of creation, to the second and in the
 * host's own time zone, in pages by offset; the list has no order that anybody promises, and may
 * change while it is read: {@link org.lyceum.transforms.opencast.OpencastClient} notices that and
 * begins again. No rate limits are known; settings say how fast the host is asked. Delivery is what
 * the host has when it is asked: actions may be stored late, and are merged by the host.
 */
package org.lyceum.transforms.opencast;
