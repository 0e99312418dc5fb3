using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>What the provisioners of an API's parts share.</summary>
internal static class ApiIds
{
    /// <summary>Ten characters, as API Gateway writes ids.</summary>
    public static string New(ResourceDeclaration declaration) => declaration.Identifiers.Text(10, "abcdefghijklmnopqrstuvwxyz0123456789");

    public static bool Put<T>(StoreSession session, string api, string id, T part)
    {
        ApiTable.Put(session, api, id, part);
        return true;
    }
}
