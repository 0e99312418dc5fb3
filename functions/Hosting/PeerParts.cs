using FairShare.Aws.Backup;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that a peer's handlers are made of; each is made when it is first asked for.</summary>
internal sealed class PeerParts(AwsClients clients, FunctionSettings settings, TimeProvider time, IRandomness randomness)
{
    private readonly Lazy<PeerRepository> backups = new(() =>
        new PeerRepository(new ItemTable(clients.DynamoDb(), settings.PeerTable, new ConflictRetry(time, randomness)))
    );

    private readonly Lazy<PeerSeal> seal = new(() => new PeerSeal(clients.Kms(), settings.PeerSeal));

    private readonly Lazy<ShareWrapping> wrapping = new(() => new ShareWrapping(clients.Kms(), settings.PeerWrappingKey));

    private readonly Lazy<PeerBucket> bucket = new(() =>
        new PeerBucket(clients.S3(), clients.Presigner(settings.PeerBucket), settings.PeerBucket)
    );

    public PeerRepository Backups => backups.Value;

    public PeerSeal Seal => seal.Value;

    public ShareWrapping Wrapping => wrapping.Value;

    public PeerBucket Bucket => bucket.Value;
}
