/** The Elasticsearch node's process: a real node, embedded, of the last Apache-licensed release. */
package org.lyceum.stack.elasticsearch;
