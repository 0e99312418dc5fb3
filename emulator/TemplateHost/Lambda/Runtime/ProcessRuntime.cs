using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Runs the published functions: one process an instance, over the Lambda Runtime API.</summary>
/// <param name="directory">
/// Where <c>bootstrap</c> is: in a folder of the number of the function's version or of the handler's name, or itself.
/// </param>
internal sealed class ProcessRuntime(HostContext host, string directory) : IFunctionRuntime
{
    public async Task<IFunctionInstance> StartAsync(
        FunctionConfiguration function,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var instance = new ProcessInstance(Executable(function), line => host.FunctionLog(function.Name, line));
        await instance.StartAsync(environment, cancellationToken);
        return instance;
    }

    private string Executable(FunctionConfiguration function)
    {
        string[] places =
        [
            Path.Combine(directory, function.Version, "bootstrap"),
            Path.Combine(directory, function.Handler, "bootstrap"),
            Path.Combine(directory, "bootstrap"),
        ];
        return Array.Find(places, File.Exists)
            ?? throw new AwsException("ServiceException", $"There is no executable bootstrap for {function.Handler} in {directory}.", 500);
    }
}
