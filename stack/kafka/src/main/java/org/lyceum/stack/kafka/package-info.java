/** The Kafka broker's process: formats its folder when that is new, then is Kafka's own server. */
package org.lyceum.stack.kafka;
