using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda;

/// <summary>Finds the function that a request names, and decides whether the caller may do with it what it asks.</summary>
internal sealed class FunctionAccess(HostContext host)
{
    public string ArnOf(string name) => host.Arn("lambda", $"function:{name}");

    public FunctionConfiguration Demand(Caller caller, string reference, string action)
    {
        var name = FunctionConfiguration.NameOf(reference);
        var (function, policy) = host.Store.Read(session => (FunctionTables.Find(session, name), FunctionTables.Policy(session, name)));
        host.Authorizer.Demand(caller, action, ArnOf(name), policy);
        return function ?? throw new AwsException("ResourceNotFoundException", $"Function not found: {ArnOf(name)}", 404);
    }
}
