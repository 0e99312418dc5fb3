namespace FairShare.Functions.Modules;

/// <summary>One thing that a handler may do. A handler has no other rights than those that its module lists.</summary>
internal abstract record Right
{
    /// <summary>Where the right holds; the exchange's table and bucket by default.</summary>
    public DataStore Store { get; init; } = DataStore.Exchange;

    /// <summary>What a deployment must offer for anybody to need the right; null, by default, where every deployment does.</summary>
    public ServiceOption? OnlyFor { get; init; }

    /// <summary>DynamoDB's actions on items of one kind of partition.</summary>
    public static Right Items(string partition, params string[] actions) => new ItemRight([partition], actions);

    /// <summary>DynamoDB's actions by one call on items of several kinds of partition.</summary>
    public static Right Items(string[] partitions, params string[] actions) => new ItemRight(partitions, actions);

    /// <summary>The query of an index.</summary>
    public static Right Index(string name) => new IndexRight(name);

    /// <summary>S3's actions on objects.</summary>
    public static Right Objects(params string[] actions) => new ObjectRight(actions);

    /// <summary>S3's actions on the bucket itself.</summary>
    public static Right Bucket(params string[] actions) => new BucketRight(actions);

    /// <summary>The use of a part of the service.</summary>
    public static Right Use(ServiceUse use) => new UseRight(use);
}

/// <summary>A table with its bucket.</summary>
internal enum DataStore
{
    /// <summary>The evidence table, and the bucket of documents.</summary>
    Exchange,

    /// <summary>The vault's.</summary>
    Vault,

    /// <summary>The table of webhooks, which has no bucket.</summary>
    Webhooks,

    /// <summary>The evidence table, and the bucket of the log.</summary>
    Log,

    /// <summary>Those of a peer of dispersed backups, which is a stack of its own.</summary>
    Peer,

    /// <summary>The table of a coordinator of standing work, which is a stack of its own.</summary>
    Standing,
}

/// <summary>What a deployment may offer or not.</summary>
internal enum ServiceOption
{
    /// <summary>Keys that are held for parties.</summary>
    HeldKeys,

    /// <summary>Items of the vault without an account.</summary>
    AnonymousVault,
}

/// <param name="Partitions">The kinds of partition, as the table's list of them names them.</param>
/// <param name="Actions">DynamoDB's actions, without their prefix.</param>
internal sealed record ItemRight(IReadOnlyList<string> Partitions, IReadOnlyList<string> Actions) : Right;

/// <param name="Name">The index's name.</param>
internal sealed record IndexRight(string Name) : Right;

/// <param name="Actions">S3's actions, without their prefix.</param>
internal sealed record ObjectRight(IReadOnlyList<string> Actions) : Right;

/// <param name="Actions">S3's actions, without their prefix.</param>
internal sealed record BucketRight(IReadOnlyList<string> Actions) : Right;

/// <param name="Part">What is used, and for what.</param>
internal sealed record UseRight(ServiceUse Part) : Right;

/// <summary>A part of the service, and what for.</summary>
internal enum ServiceUse
{
    /// <summary>To seal evidence for the store.</summary>
    Seal,

    /// <summary>To give time stamps.</summary>
    Stamp,

    /// <summary>To read the public key of the seal.</summary>
    KnowSeal,

    /// <summary>To read the public key of the log.</summary>
    KnowLogKey,

    /// <summary>To make keys in KMS for parties.</summary>
    CreateHeldKeys,

    /// <summary>To sign with keys that are held for parties.</summary>
    SignWithHeldKeys,

    /// <summary>To have KMS delete keys that were held for parties.</summary>
    DeleteHeldKeys,

    /// <summary>To tell where the user pool is.</summary>
    DescribeIdentity,

    /// <summary>To start the workflow of an exchange.</summary>
    StartExchange,

    /// <summary>To end a workflow's wait with a receipt.</summary>
    CompleteExchange,

    /// <summary>To end a workflow's wait without one.</summary>
    EndExchange,

    /// <summary>To send messages to parties.</summary>
    SendToParties,

    /// <summary>To derive the secrets of webhooks.</summary>
    DeriveWebhookSecrets,

    /// <summary>To have messages delivered to webhooks.</summary>
    OrderDeliveries,

    /// <summary>To know whether mail is sent.</summary>
    KnowNotices,

    /// <summary>To know whether the vault stores items without an account.</summary>
    KnowAnonymousVault,

    /// <summary>To sign as a peer of dispersed backups.</summary>
    SealAsPeer,

    /// <summary>To read the public key of a peer's seal.</summary>
    KnowPeerSeal,

    /// <summary>To wrap a peer's secret numbers.</summary>
    WrapShares,

    /// <summary>To unwrap a peer's secret numbers.</summary>
    UnwrapShares,

    /// <summary>To start a round of standing work.</summary>
    StartStandingRound,
}
