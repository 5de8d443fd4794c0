package org.lyceum.pipelines;

import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;

/**
 * Checked settings of a removal.
 *
 * @param feed null to find the one feed that has the delivery
 */
record RemoveDeliveryConfig(
    String source, String feed, String delivery, String reason, boolean isDryRun) {

  static RemoveDeliveryConfig from(
      LyceumOptions.RemoveDelivery options, Map<String, String> environment) {
    String reason = environment.getOrDefault("LYCEUM_REASON", "");
    for (var setting :
        Map.of("SOURCE", options.getSource(), "DELIVERY", options.getDelivery(), "REASON", reason)
            .entrySet()) {
      if (setting.getValue().isBlank()) {
        throw new Refusal(
            Exit.WRONG_USE,
            setting.getKey() + " is missing: make remove SOURCE=edx DELIVERY=<name> REASON=<why>");
      }
    }
    return new RemoveDeliveryConfig(
        options.getSource(),
        options.getFeed().isBlank() ? null : Flags.feed(options.getFeed()),
        options.getDelivery(),
        reason,
        Flags.isOn("DRY_RUN", options.getDryRun()));
  }
}
