/**
 * Zoom, API v2: past meetings and the sessions of their participants in, from the dashboard's
 * metrics or from reports; rows and the documents of Elasticsearch out.
 */
package org.lyceum.transforms.zoom;
