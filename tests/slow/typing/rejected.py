"""What both checkers must refuse: each line that ends in `# refused` is an error in both, and no other line is."""

import mailstore_sdk.compat as mailstore
from mailstore_sdk import AsyncSPEClient, ComplianceConfiguration, InstanceConfiguration, SPEClient, User
from mailstore_sdk.simulator import Simulator


def sync(spe: SPEClient) -> None:
    archive = spe.instance("test01")
    archive.set_store_requested_state(1, "writeprotected")  # refused
    archive.create_user("dora", ["loggin"])  # refused
    archive.create_user("dora", "login")  # refused
    archive.create_user("dora", ["login"], "Dora")  # refused
    archive.create_user("dora")  # refused
    archive.get_user_info()  # refused
    archive.verify_store("1")  # refused
    archive.verify_store(1, include_indexes=1)  # refused
    archive.get_worker_results("2026-01-01", "2026-02-01")  # refused
    archive.get_stores(includeSize=True)  # refused
    archive.get_instances("*")  # refused
    archive.get_userz()  # refused
    archive.get_users()[0].user_nam  # refused
    spe.get_users()  # refused
    archive.raw.get_user_info()  # refused
    archive.raw.get_users().user_name  # refused
    archive.raw.set_store_requested_state(1, "writeprotected")  # refused
    spe.with_options(hooks=print)  # refused
    spe.with_options(thumbprint="A" * 40)  # refused
    spe.call("GetUsers", instanceID="test01", result=list[User])[0].user_nam  # refused
    spe.call("GetUsers", instanceID="test01")[0]["userName"]  # refused
    spe.start("GetUsers", result=list[User]).result().user_name  # refused
    spe.resume("{}", result=5)  # refused
    spe.map(archive.get_user_info, [1])  # refused
    spe.map(archive.get_user_info, ["alice"], ordered=True)  # refused
    next(spe.map(archive.get_user_info, ["alice"])).value.user_name  # refused
    spe.jobs.map(archive.get_user_info, ["alice"])  # refused
    spe.jobs.map(archive.verify_store, ["1"])  # refused
    archive.iter_worker_results("2026-01-01", "2026-02-01")  # refused
    archive.get_compliance_configuration().legal_hold_enabledd = True  # refused
    archive.set_smtp_settings({"password": "S3cret!"})  # refused
    archive.get_instances()  # refused
    spe.create_instance({"instanceID": "test01"})  # refused
    archive.verify_store(1).result("5")  # refused
    archive.verify_store(1).result().strip()  # refused
    archive.get_stores()[0].id.strip()  # refused
    SPEClient("spe.example.com", "admin", "admin")  # refused
    SPEClient("spe.example.com", user="admin")  # refused
    SPEClient.from_profile("prod", timeout="5")  # refused
    SPEClient.from_profile("prod", "profiles.toml")  # refused
    InstanceConfiguration(instance_id=5)  # refused
    ComplianceConfiguration(legal_hold_enabled=True)  # refused
    ComplianceConfiguration(legal_hold_enabled=True, log_successful_user_activities=["UserAd"])  # refused
    ComplianceConfiguration(legal_hold_enabledd=True, log_successful_user_activities=[])  # refused


async def aio(spe: AsyncSPEClient) -> None:
    archive = spe.instance("test01")
    await archive.set_store_requested_state(1, "gone")  # refused
    archive.get_users()[0]  # refused
    for _ in await archive.verify_store(1):  # refused
        pass


def compat(client: mailstore.spe.Client, later: mailstore.mgmt.SPEClient) -> None:
    client.GetUserInfo("test01")  # refused
    client.GetUserInfo("test01", user_name="alice")  # refused
    client.CreateUser("test01", "dora")  # refused
    client.GetUserz("test01")  # refused
    client.HandleToken("sa64")  # refused
    later.GetUsers("test01", autoHandleToken=1, raw=True)  # refused
    mailstore.spe.Client(hostname="spe")  # refused


def faults(simulator: Simulator) -> None:
    simulator.faults.add("VerifyStore", "explode")  # refused
    simulator.faults.add("VerifyStore", "fail", "often")  # refused
    simulator.faults.add("VerifyStore", "fail", None)  # refused
    simulator.faults.add("VerifyStore", "fail", arguments={"id": [3]})  # refused
    simulator.faults.add("VerifyStore", "fail", color="red")  # refused
