package org.lyceum.testdata;

import java.util.SortedMap;

/**
 * What is true of generated actions and episodes, known because they were made so.
 *
 * @param read actions, broken ones included
 * @param failed actions that must fail, by failure code
 * @param parsed actions that must parse, each an event of its own: read = parsed + failed
 * @param eventsByDay parsed actions by UTC day of creation, as in {@code 2026-03-02}
 * @param eventsByType parsed actions by type
 * @param liveEvents parsed actions of a live lecture
 * @param eventsWithoutUser parsed actions without a userId; their huid is {@code None}
 * @param eventsWithoutEpisode parsed actions whose episode the host does not have
 * @param episodes that the host has
 * @param missingEpisodes that it does not have
 * @param episodesWithoutAttachments of those it has
 * @param slides of all episodes
 * @param liveEpisodes episodes whose last workflow says when they were live
 * @param availableEpisodes episodes whose last workflow says since when they are available
 */
public record OpencastTruth(
    long read,
    SortedMap<String, Long> failed,
    long parsed,
    SortedMap<String, Long> eventsByDay,
    SortedMap<String, Long> eventsByType,
    long liveEvents,
    long eventsWithoutUser,
    long eventsWithoutEpisode,
    long episodes,
    long missingEpisodes,
    long episodesWithoutAttachments,
    long slides,
    long liveEpisodes,
    long availableEpisodes) {}
