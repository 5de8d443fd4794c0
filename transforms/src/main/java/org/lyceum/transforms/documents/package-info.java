/**
 * Rows in, the documents out that Elasticsearch, SQS and standard output get, under the names that
 * the old harvesters gave them. What a document holds is its source's matter.
 */
package org.lyceum.transforms.documents;
