using TemplateHost.Tests.StepFunctions;
using TemplateHost.Tests.Support;
using Xunit;
using static TemplateHost.Tests.Lambda.Invocations;

namespace TemplateHost.Tests.Lambda;

public sealed class InvokeTests
{
    [Fact]
    public async Task Invoke_OfProcess_AnswersAndStaysWarm()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Echo");
        var first = await InvokeAsync(host, "Echo", """{"a":1}""");
        var second = await InvokeAsync(host, "Echo", """{"a":2}""");
        Assert.Equal("""{"a":1}""", first.Body["event"]!.ToJsonString());
        Assert.Equal("n", first.Body["name"]!.GetValue<string>());
        Assert.Equal(first.Body["pid"]!.GetValue<int>(), second.Body["pid"]!.GetValue<int>());
        Assert.Null(first.Error);
    }

    [Fact]
    public async Task Invoke_FunctionThatFails_SaysUnhandledWithTheTypeOfTheError()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Fail");
        var answer = await InvokeAsync(host, "Fail", "{}");
        Assert.Equal(("Unhandled", "DocumentLost"), (answer.Error, answer.Body["errorType"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Invoke_FunctionThatExits_IsRuntimeExitErrorAndNextStartsAnew()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Exit");
        for (var round = 0; round < 2; round++)
        {
            var answer = await InvokeAsync(host, "Exit", "{}");
            Assert.Equal("Runtime.ExitError", answer.Body["errorType"]!.GetValue<string>());
            Assert.Contains("exit status 3", answer.Body["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Invoke_LongerThanTimeout_IsKilled()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Slow");
        var call = InvokeAsync(host, "Slow", "{}");
        await Task.Delay(300);
        Assert.False(call.IsCompleted);
        // The timer is set once the process has taken the event, whenever that is.
        while (!call.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(10);
        }

        var answer = await call;
        Assert.EndsWith("Task timed out after 3.00 seconds", answer.Body["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_WithReservedConcurrencyZero_IsThrottled()
    {
        using var functions = new ShellFunctions();
        await using var host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Echo", ", \"ReservedConcurrentExecutions\": 0")),
            functions: functions.Location
        );
        var answer = await InvokeAsync(host, "Echo", "{}");
        Assert.Equal(429, answer.Status);
    }

    [Fact]
    public async Task Invoke_UnknownFunction_IsResourceNotFound()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(404, (await InvokeAsync(host, "None", "{}")).Status);
    }

    [Fact]
    public async Task StateMachine_InvokingFunction_CatchesItsErrorByType()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Fail");
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"Fail",
              "Payload.$":"$"},
              "Catch":[{"ErrorEquals":["DocumentLost"],"Next":"R"}],"End":true},"R":{"Type":"Pass","Result":"caught","End":true}}}
            """
        );
        Assert.Equal("\"caught\"", Workflow.Output(ended));
    }

    [Fact]
    public async Task StateMachine_InvokingFunction_GetsPayloadAndStatus()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, "Echo");
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"Echo",
              "Payload.$":"$"},
              "ResultSelector":{"v.$":"$.Payload.event.k","s.$":"$.StatusCode"},"End":true}}}
            """,
            """{"k":"v"}"""
        );
        Assert.Equal("""{"v":"v","s":200}""", Workflow.Output(ended));
    }

    private static Task<TestHost> StartAsync(ShellFunctions functions, string handler) =>
        TestHost.StartAsync(TestHost.Template(ShellFunctions.Resource(handler)), functions: functions.Location);
}
