using FairShare.Functions.Queue;

namespace FairShare.Functions.Tests.Queue;

public sealed class QueueSenderTests
{
    private static readonly string[] Named = ["AROANAMED"];

    [Fact]
    public void Read_SessionOfANamedRole_IsTheSession() =>
        Assert.Equal(new QueueSender("AROANAMED:alice", "AROANAMED:alice", true), QueueSender.Read("AROANAMED:alice", Named));

    [Fact]
    public void Read_SessionOfAnyOtherRole_IsTheRoleOfOneParty() =>
        Assert.Equal(new QueueSender("AROAOTHER:alice", "AROAOTHER", false), QueueSender.Read("AROAOTHER:alice", Named));

    [Fact]
    public void Read_User_IsTheUser() => Assert.Equal(new QueueSender("AIDAUSER", "AIDAUSER", true), QueueSender.Read("AIDAUSER", Named));

    [Fact]
    public void Read_SessionNameWithAColon_IsPartOfTheName() => Assert.Equal("AROANAMED:a:b", QueueSender.Read("AROANAMED:a:b", Named).Key);
}
