using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Standing;

/// <summary>The table of work that was handed over, and of what peers answered: nothing in it is secret from its owner.</summary>
public sealed class StandingTable(Construct scope, string id, DeploymentStage stage)
    : TimedTable(scope, id, PropsOf(stage), "FAIRSHARE_STANDING_TABLE");
