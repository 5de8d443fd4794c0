/**
 * Opencast, as the harvard-dce installation uses it: user actions and episodes in, rows and the
 * documents of Elasticsearch and SQS out.
 */
package org.lyceum.transforms.opencast;
