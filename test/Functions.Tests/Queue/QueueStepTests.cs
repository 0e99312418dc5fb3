using FairShare.Functions.Queue;

namespace FairShare.Functions.Tests.Queue;

public sealed class QueueStepTests
{
    [Fact]
    public void All_Handlers_AreThoseOfRoutes()
    {
        var routes = HandlerCatalog.Routes.ToDictionary(entry => entry.Route.Name, entry => entry.Route);
        Assert.All(QueueStep.All, step => Assert.Equal(step.Parameter, routes[step.Handler].Parameter));
    }

    [Fact]
    public void Find_StepOfNobody_IsNull() => Assert.Null(QueueStep.Find("9"));
}
