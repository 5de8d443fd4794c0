/**
 * Files in, landed deliveries out: plans which logs or storage days are new and how they are cut
 * into units of work, and lands a unit, that is reads, parses and writes its lines or records in
 * one pass, one open file per table; what a harvest brings is held until its scope is read. What a
 * line means is the parser's matter; what becomes visible is the commit's.
 */
package org.lyceum.transforms.land;
