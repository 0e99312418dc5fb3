namespace TemplateHost.Tests.ApiGateway;

/// <summary>An HTTP API with a guarded and a public route.</summary>
internal static class ApiTemplate
{
    public const string Api = """
        "Api": { "Type": "AWS::ApiGatewayV2::Api", "Properties": { "Name": "api", "ProtocolType": "HTTP",
          "CorsConfiguration": { "AllowOrigins": ["*"], "AllowMethods": ["GET", "POST"], "AllowHeaders": ["authorization"] } } },
        "Stage": { "Type": "AWS::ApiGatewayV2::Stage", "Properties": { "ApiId": { "Ref": "Api" }, "StageName": "$default",
          "AutoDeploy": true } },
        "Authorizer": { "Type": "AWS::ApiGatewayV2::Authorizer", "Properties": { "ApiId": { "Ref": "Api" }, "AuthorizerType": "JWT",
          "Name": "users",
          "IdentitySource": ["$request.header.Authorization"], "JwtConfiguration": { "Audience": [{ "Ref": "PoolClient" }],
            "Issuer": { "Fn::Join": ["", ["https://cognito-idp.us-east-1.amazonaws.com/", { "Ref": "Pool" }]] } } } },
        "EchoIntegration": { "Type": "AWS::ApiGatewayV2::Integration", "Properties": { "ApiId": { "Ref": "Api" },
          "IntegrationType": "AWS_PROXY",
          "PayloadFormatVersion": "2.0", "IntegrationUri": { "Fn::GetAtt": ["Echo", "Arn"] } } },
        "AnswerIntegration": { "Type": "AWS::ApiGatewayV2::Integration", "Properties": { "ApiId": { "Ref": "Api" },
          "IntegrationType": "AWS_PROXY",
          "PayloadFormatVersion": "2.0", "IntegrationUri": { "Fn::GetAtt": ["Answer", "Arn"] } } },
        "ReceiptRoute": { "Type": "AWS::ApiGatewayV2::Route", "Properties": { "ApiId": { "Ref": "Api" },
          "RouteKey": "POST /exchanges/{exchangeId}/receipt",
          "AuthorizationType": "JWT", "AuthorizerId": { "Ref": "Authorizer" }, "Target": { "Fn::Join": ["/", ["integrations",
            { "Ref": "EchoIntegration" }]] } } },
        "PublicRoute": { "Type": "AWS::ApiGatewayV2::Route", "Properties": { "ApiId": { "Ref": "Api" }, "RouteKey": "GET /public",
          "AuthorizationType": "NONE", "Target": { "Fn::Join": ["/", ["integrations", { "Ref": "AnswerIntegration" }]] } } }
        """;

    public const string Permission = """
        ,"EchoPermission": { "Type": "AWS::Lambda::Permission", "Properties": { "Action": "lambda:InvokeFunction",
          "FunctionName": { "Ref": "Echo" },
          "Principal": "apigateway.amazonaws.com",
          "SourceArn": { "Fn::Join": ["", ["arn:aws:execute-api:us-east-1:000000000000:", { "Ref": "Api" },
            "/*/*/exchanges/{exchangeId}/receipt"]] } } },
        "AnswerPermission": { "Type": "AWS::Lambda::Permission", "Properties": { "Action": "lambda:InvokeFunction",
          "FunctionName": { "Ref": "Answer" },
          "Principal": "apigateway.amazonaws.com",
          "SourceArn": { "Fn::Join": ["", ["arn:aws:execute-api:us-east-1:000000000000:", { "Ref": "Api" }, "/*/*/public"]] } } }
        """;
}
