/** Gooru: messages of its log writer and demux in, rows out. */
package org.lyceum.transforms.gooru;
