using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Vault;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Vault;

/// <summary>The vault: a table and a bucket of its own, and the function that erases what has ended.</summary>
public sealed class VaultStore : Construct
{
    private const int EraseSeconds = 60;
    private readonly DeploymentStage stage;

    public VaultStore(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
        Table = new VaultTable(this, "Items", stage);
        Objects = new VaultBucket(this, "Objects", stage);
    }

    public VaultTable Table { get; }

    public VaultBucket Objects { get; }

    /// <summary>Whether items are stored without an account.</summary>
    public bool TakesAnonymous => stage.HasAnonymousVault;

    /// <summary>Tells a function whether items are stored without an account.</summary>
    public void DescribeTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_ANONYMOUS_VAULT", stage.HasAnonymousVault ? "on" : "off");
    }

    /// <summary>Tells a function where the web page is, to which links of the vault lead, if the deployment is told.</summary>
    public void DescribePageTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (stage.PageUrl is { } page)
        {
            function.AddEnvironment("FAIRSHARE_PAGE_URL", page);
        }
    }

    /// <summary>Makes the function that the table's stream invokes.</summary>
    public void ErasedBy(FunctionFactory functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        var function = functions.Create("EraseVaultItem", Duration.Seconds(EraseSeconds));
        Table.Grant(function, [VaultPartitions.Item], "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem");
        Table.Grant(function, [VaultPartitions.Party], "UpdateItem");
        Objects.Grant(function, "DeleteObject", "AbortMultipartUpload");
        Table.HandTo(function);
    }
}
