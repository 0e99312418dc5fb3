namespace FairShare.Client.Tests.Support;

/// <summary>Classes that share two people: to make them takes as long as ten tests.</summary>
[CollectionDefinition(Name)]
public sealed class OddPeople : ICollectionFixture<UpFixture>
{
    public const string Name = "odd people";
}
