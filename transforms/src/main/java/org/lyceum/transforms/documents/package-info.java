/**
 * Rows in, the documents out that Elasticsearch, SQS and standard output get, under the names that
 * the old harvesters gave them; and the transforms that send documents to Elasticsearch and SQS,
 * with the types of the indexes. What a document holds is its source's matter.
 *
 * <p>Both are at least once, and sent before the lake's commit, which waits for what the transforms
 * give out.
 */
package org.lyceum.transforms.documents;
