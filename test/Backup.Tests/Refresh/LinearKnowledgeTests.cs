using FairShare.Backup.Curve;

namespace FairShare.Backup.Tests.Refresh;

public class LinearKnowledgeTests
{
    private readonly LinearKnowledge knowledge = new();

    [Fact]
    public void Find_WhatSomeCombinationGives_IsFound()
    {
        Learn(7, (0, 1), (1, 1), (2, 1));
        Learn(9, (1, 2), (2, 3));
        Assert.Null(knowledge.Find(0));
        Learn(4, (1, 2), (2, -2));
        Assert.Equal([Scalar.Of(3), Scalar.Of(3), Scalar.Of(1)], Enumerable.Range(0, 3).Select(unknown => knowledge.Find(unknown)));
        Assert.Null(knowledge.Find(3));
    }

    [Fact]
    public void Learn_WhatFollowsOrContradicts_IsTakenOrRefused()
    {
        Learn(5, (0, 1), (1, 2));
        Learn(10, (0, 2), (1, 4));
        Assert.Null(knowledge.Find(0));
        Assert.Throws<InvalidOperationException>(() => Learn(11, (0, 2), (1, 4)));
    }

    private void Learn(int value, params (int Unknown, int Factor)[] terms) =>
        knowledge.Learn(terms.Select(term => (term.Unknown, Scalar.Of(term.Factor))), Scalar.Of(value));
}
